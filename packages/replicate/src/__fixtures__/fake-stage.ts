import { testClock, type TestClock } from "@likeness/testing";
import { onTestFinished } from "vitest";
import type { Fetch } from "../http/fetch.ts";
import { replicateProvider } from "../requests/replicate-provider.ts";
import { replicateFake, type ReplicateFake, type ReplicateFakeOptions } from "../testing/index.ts";

export const token = "r8_fake";
export const destination = "acme/likeness";

/** Where the fake is, in the tests that reach it without a network. */
export const origin = "http://127.0.0.1:4010";
export const hosts = { api: origin, files: [origin] };

/** A `fetch` to the fake, for which a network error is one. */
export const fetchOf =
  (fake: ReplicateFake): Fetch =>
  async (input, init) => {
    const response = await fake.fetch(new Request(input, init));
    if (response.type === "error") throw new TypeError("fetch failed");
    return response;
  };

export interface FakeStage {
  readonly fake: ReplicateFake;
  readonly fetch: Fetch;
  readonly clock: TestClock;
  readonly provider: ReturnType<typeof replicateProvider>;
}

/** A provider and the fake that it talks to, until the test is over. */
export function fakeStage(options: ReplicateFakeOptions = {}): FakeStage {
  const clock = testClock();
  const fake = replicateFake({ token, clock, ...options });
  onTestFinished(() => fake.close());
  const fetch = fetchOf(fake);
  return { fake, fetch, clock, provider: replicateProvider({ token, destination, hosts, fetch, clock }) };
}
