import type { Identity } from "../keep/identity.ts";

/** Two studios on the same folder would overwrite what the other one keeps. */
export async function refuseSecond({ id, ports }: Identity): Promise<void> {
  const url = `http://127.0.0.1:${ports.page}`;
  const answer = await fetch(`${url}/api/studio`, { signal: AbortSignal.timeout(1_000) })
    .then((response): Promise<{ id?: unknown }> => response.json())
    .catch(() => undefined);
  if (answer?.id === id) throw new Error(`The studio already runs: ${url}`);
}
