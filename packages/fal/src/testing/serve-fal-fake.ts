import { serveFetch, type Served, type ServeOptions } from "@likeness/fake-server";
import type { FalFake } from "./fal-fake.ts";

/** Its `url` is the base of queue, storage, platform and key set alike. */
export type ServedFalFake = Served;

/** Serves the fake over HTTP. What it answers as a network error becomes a reset connection. */
export async function serveFalFake(fake: FalFake, options?: ServeOptions): Promise<ServedFalFake> {
  const served = await serveFetch(fake.fetch, options);
  fake.servedAt(served.url);
  return served;
}
