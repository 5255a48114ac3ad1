import type { Clock, Provider } from "@likeness/core";
import { onTestFinished } from "vitest";
import { falFake, serveFalFake, type FalFake } from "../testing/index.ts";
import { falProvider } from "../requests/fal-provider.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const key = "fake-id:fake-secret";

export interface ServedFake {
  readonly fake: FalFake;
  readonly url: string;
  readonly provider: Required<Omit<Provider, "erasesPart">>;
  /** Where the provider writes its archives. */
  readonly temporaryDirectory: string;
}

/** The fake over HTTP and a provider that talks to it, until the test is over. */
export async function servedFake(clock?: Clock): Promise<ServedFake> {
  const fake = falFake({ key, clock });
  const { url, close } = await serveFalFake(fake);
  onTestFinished(async () => {
    await fake.close();
    await close();
  });
  const hosts = { queue: url, rest: url, api: url };
  const temporaryDirectory = await temporaryFolder();
  return { fake, url, temporaryDirectory, provider: falProvider({ key, hosts, clock, temporaryDirectory }) };
}
