import type { Result, ResultAsync } from "neverthrow";

interface Refusal {
  readonly type: string;
  /** Why a photo is not good enough, with numbers. */
  readonly rejection?: unknown;
}

/** Refusals that are not about the state of what was asked for, which is 409. */
const statusOf: Readonly<Record<string, number>> = {
  "avatar-not-found": 404,
  "picture-not-found": 404,
  "invalid-name": 422,
  "invalid-request": 422,
  "photo-rejected": 422,
  "unknown-scene": 422,
  "storage-failure": 503,
  "blob-failure": 503,
};

/** The id of what a command has made, or the type of its error: nothing else of either is for a browser. */
export async function answer(
  made: Result<{ readonly id: string }, Refusal> | ResultAsync<{ readonly id: string }, Refusal>,
): Promise<Response> {
  return (await made).match(
    ({ id }) => Response.json({ id }),
    ({ type, rejection }) => Response.json({ error: type, rejection }, { status: statusOf[type] ?? 409 }),
  );
}
