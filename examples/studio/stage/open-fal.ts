import { join } from "node:path";
import { falFake, serveFalFake, type FalFake, type FalFakeSnapshot } from "@likeness/fal/testing";
import { delayedWriter } from "../keep/delayed-writer.ts";
import { keptSnapshot } from "../keep/kept-snapshot.ts";
import { onPort } from "./on-port.ts";
import { webhookConnection, type WebhookConnection } from "../trouble/webhook-connection.ts";
import type { FakeOptions } from "./fake-options.ts";

/** Short, so that somebody who tries it sees a picture soon. */
const [queueSeconds, imageSeconds] = [1, 2];

export interface OpenFal {
  readonly fake: FalFake;
  readonly connection: WebhookConnection;
  readonly url: string;
  close(): Promise<void>;
}

/** The fake fal of the studio, continued from its snapshot, so that a training under way still ends. */
export async function openFal({
  identity,
  data,
  onTrouble,
  trainingSeconds,
}: FakeOptions & { readonly trainingSeconds: number }): Promise<OpenFal> {
  const kept = keptSnapshot<FalFakeSnapshot>(join(data, "fal"));
  const snapshot = withoutTroubles(await kept.read());
  const connection = webhookConnection();
  const { deliver } = connection;
  const pace = { queueSeconds, trainingSeconds, imageSeconds };
  const fake = falFake({ key: identity.falKey, userId: identity.falUserId, ...pace, deliver, snapshot });
  const { soon, flush } = delayedWriter(() => kept.write(fake.snapshot()), onTrouble);
  fake.control.subscribe(soon);
  const durable: FalFake = {
    ...fake,
    fetch: async (request) => {
      const response = await fake.fetch(request);
      // Written before the answer, because an accepted request must survive a kill of the studio.
      if (request.method !== "GET") await flush().catch(onTrouble);
      return response;
    },
  };
  const { url, close } = await onPort(identity.ports.fal, (port) => serveFalFake(durable, { port }));
  return {
    fake,
    connection,
    url,
    close: async () => {
      await close();
      await fake.close();
      soon();
      await flush();
    },
  };
}

/** What was armed in an earlier studio is not armed in this one. */
const withoutTroubles = (snapshot: FalFakeSnapshot | undefined): FalFakeSnapshot | undefined =>
  snapshot && { ...snapshot, behaviours: { upcoming: [], standing: {} } };
