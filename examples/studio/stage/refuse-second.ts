import { setTimeout as wait } from "node:timers/promises";
import type { Identity } from "../keep/identity.ts";

/** One that is just being ended is gone by then. */
const patienceMilliseconds = 2_000;
const pauseMilliseconds = 100;

/** Two studios on the same folder would overwrite what the other one keeps. */
export async function refuseSecond({ id, ports }: Identity): Promise<void> {
  const url = `http://127.0.0.1:${ports.page}`;
  const until = Date.now() + patienceMilliseconds;
  while ((await studioAt(url)) === id) {
    if (Date.now() > until) throw new Error(`The studio already runs: ${url}`);
    await wait(pauseMilliseconds);
  }
}

/** The id of the studio that is served there, if one is. */
async function studioAt(url: string): Promise<unknown> {
  try {
    const response = await fetch(`${url}/api/studio`, { signal: AbortSignal.timeout(1_000) });
    const { id }: { id?: unknown } = await response.json();
    return id;
  } catch {
    return undefined;
  }
}
