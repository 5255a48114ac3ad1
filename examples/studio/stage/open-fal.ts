import { join } from "node:path";
import { falFake, serveFalFake, type FalFake, type FalFakeSnapshot } from "@likeness/fal/testing";
import { keeper } from "../keep/keeper.ts";
import { keptSnapshot } from "../keep/kept-snapshot.ts";
import { onPort } from "../net/ports.ts";
import { webhookRoad, type WebhookRoad } from "../trouble/webhook-road.ts";
import type { FakeOptions } from "./fake-options.ts";

export interface OpenFal {
  readonly fake: FalFake;
  readonly road: WebhookRoad;
  readonly url: string;
  close(): Promise<void>;
}

/** fal's part of the studio, going on where it was left: a training under way comes to its end. */
export async function openFal({
  identity,
  data,
  onTrouble,
  trainingSeconds,
}: FakeOptions & { readonly trainingSeconds: number }): Promise<OpenFal> {
  const kept = keptSnapshot<FalFakeSnapshot>(join(data, "fal"));
  const snapshot = await kept.read();
  const road = webhookRoad();
  const { deliver } = road;
  const fake = falFake({ key: identity.falKey, userId: identity.falUserId, trainingSeconds, deliver, snapshot });
  const { soon, flush } = keeper(() => kept.write(fake.snapshot()), onTrouble);
  fake.control.subscribe(soon);
  const durable: FalFake = {
    ...fake,
    fetch: async (request) => {
      const response = await fake.fetch(request);
      // What fal has accepted, it has: an answered request must not be forgotten when the studio is killed.
      if (request.method !== "GET") await flush().catch(onTrouble);
      return response;
    },
  };
  const { url, close } = await onPort(identity.ports.fal, (port) => serveFalFake(durable, { port }));
  return {
    fake,
    road,
    url,
    close: async () => {
      await close();
      await fake.close();
      soon();
      await flush();
    },
  };
}
