import { falFake, serveFalFake, type FalFake } from "@likeness/fal/testing";
import type { Happenings } from "../behind/happenings.ts";
import { newsOfDelivery, newsOfRequest } from "../behind/from-fal.ts";
import { onPort } from "../net/ports.ts";
import type { FakeOptions } from "./fake-options.ts";

export interface FalOptions extends FakeOptions {
  readonly trainingSeconds: number;
  readonly happenings: Happenings;
}

export interface OpenFal {
  readonly fake: FalFake;
  readonly url: string;
  close(): Promise<void>;
}

/** fal's part of the studio. */
export async function openFal({ identity, trainingSeconds, happenings }: FalOptions): Promise<OpenFal> {
  const fake = falFake({
    key: identity.falKey,
    userId: identity.falUserId,
    trainingSeconds,
    deliver: async (...call) => {
      const request = new Request(...call);
      const told = request.clone();
      const response = await fetch(request);
      happenings.add(newsOfDelivery(told.url, await told.text(), response.status));
      return response;
    },
  });
  const watched: FalFake = {
    ...fake,
    fetch: async (request) => {
      const response = await fake.fetch(request);
      happenings.add(newsOfRequest(request, response, fake.requests));
      return response;
    },
  };
  const { url, close } = await onPort(identity.ports.fal, (port) => serveFalFake(watched, { port }));
  return {
    fake,
    url,
    close: async () => {
      await close();
      await fake.close();
    },
  };
}
