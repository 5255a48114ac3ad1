import type { FalHosts } from "@likeness/fal";
import { falFake, serveFalFake } from "@likeness/fal/testing";

/** The fal that is used: the real one or a fake. */
export interface Fal {
  readonly key: string;
  /** Our account id; absent when fal cannot reach this machine, so that it is only polled. */
  readonly userId: string | undefined;
  readonly hosts?: Partial<FalHosts> | undefined;
  readonly pollSeconds: number;
  /** Whether it is a fake on this machine. */
  readonly isPlayed: boolean;
  close(): Promise<void>;
}

/** fal itself if there is a key, otherwise a fake on this machine, reached over HTTP like the real one. */
export async function openFal(liveKey: string | undefined): Promise<Fal> {
  if (liveKey)
    return { key: liveKey, userId: undefined, pollSeconds: 10, isPlayed: false, close: async () => undefined };
  const account = { key: "fake-id:fake-secret", userId: "fal-fake-user" };
  // Long enough to see the bar move, and no longer: whoever tries it waits.
  const fake = falFake({ ...account, queueSeconds: 0.1, trainingSeconds: 1.2, imageSeconds: 0.2 });
  const { url, close } = await serveFalFake(fake);
  return {
    ...account,
    hosts: { queue: url, rest: url, api: url, keySets: [`${url}/.well-known/jwks.json`] },
    pollSeconds: 0.3,
    isPlayed: true,
    close: async () => {
      await close();
      await fake.close();
    },
  };
}
