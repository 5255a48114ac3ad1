import { found, type Found } from "@likeness/core";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import type { FalFailure } from "../http/failure.ts";

/** Asks fal's platform for something. https://fal.ai/docs/platform-apis */
export const askPlatform = (
  { hosts, key, fetch }: FalConnection,
  path: string,
  signal: AbortSignal,
): ResultAsync<unknown, FalFailure> =>
  attempt<unknown>(async () => {
    const headers = { authorization: `Key ${key}`, accept: "application/json" };
    const response = await fetch(hosts.api + path, { headers, signal });
    return response.json();
  });

/** What a failure means that is none of the question's own. */
export const unanswered = (failure: FalFailure): Found =>
  failure.type === "answer" && failure.status === 429
    ? found.warning("fal asks to wait", "look again in a minute")
    : found.broken(
        `fal does not answer as it should: ${failure.detail}`,
        "look at https://status.fal.ai, and at the network",
      );
