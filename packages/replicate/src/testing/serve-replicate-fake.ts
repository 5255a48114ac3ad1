import { serveFetch, type Served, type ServeOptions } from "@likeness/fake-server";
import type { ReplicateFake } from "./replicate-fake.ts";

/** Its `url` is the base of the API and of files alike. */
export type ServedReplicateFake = Served;

/** Serves the fake over HTTP. What it answers as a network error becomes a reset connection. */
export const serveReplicateFake = (fake: ReplicateFake, options?: ServeOptions): Promise<ServedReplicateFake> =>
  serveFetch(fake.fetch, options);
