import { err, errAsync, ok, ResultAsync, type Result } from "neverthrow";
import type { Clock } from "../ports/clock.ts";
import type { WebhookIntake } from "../ports/outside-ports.ts";

/** `body-unreadable`: it broke off. */
export interface BodyRefused {
  readonly type: "body-too-large" | "body-too-slow" | "body-unreadable";
}

/**
 * An outcome takes a kilobyte, an update of Telegram a few; a receiver whose provider sends more says so. The time is for
 * the whole body.
 */
const limits = { bytes: 1_048_576, milliseconds: 30_000 };

/** The longest body of a receiver that says nothing else, in bytes. */
export const usualLongestBody = limits.bytes;

/** The longest body that one of the providers sends. */
export const longestBody = ({ receiver, former = [] }: WebhookIntake): number =>
  Math.max(...[receiver, ...former].map(({ maxBytes = limits.bytes }) => maxBytes));

/**
 * Reads a body to its end. One that is larger than `maxBytes`, or not there within 30 seconds, is refused: reading stops
 * at once, and the rest is left to whoever owns the connection.
 *
 * @param stated The header `content-length`: a body that says it is too large is not read.
 */
export function readBody(
  clock: Pick<Clock, "after">,
  body: () => AsyncIterable<Uint8Array>,
  stated?: string,
  maxBytes: number = limits.bytes,
): ResultAsync<Uint8Array, BodyRefused> {
  if (Number(stated) > maxBytes) return errAsync({ type: "body-too-large" });
  const ended = new Promise<Result<Uint8Array, BodyRefused>>((resolve, reject) => {
    const callOff = clock.after(limits.milliseconds, () => resolve(err({ type: "body-too-slow" })));
    readUpTo(maxBytes, body()).then(resolve, reject).finally(callOff);
  });
  return new ResultAsync(ended);
}

/**
 * Reads the body of a `Request`, of 1 MiB at most, or `maxBytes`. Throws if something has read it before, which is a mistake
 * in the host's code.
 */
export const readRequestBody = (
  clock: Pick<Clock, "after">,
  request: Request,
  maxBytes?: number,
): ResultAsync<Uint8Array, BodyRefused> =>
  readBody(clock, () => requestBody(request), request.headers.get("content-length") ?? undefined, maxBytes);

export function requestBody({ body, bodyUsed }: Request): AsyncIterable<Uint8Array> {
  if (bodyUsed) throw new Error("the body was read before: handle the request before parsers of bodies");
  return chunksOf(body);
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    // Not awaited: a stream whose sender does not end it may never be cancelled.
    void reader.cancel().catch(() => undefined);
  }
}

async function readUpTo(limit: number, body: AsyncIterable<Uint8Array>): Promise<Result<Uint8Array, BodyRefused>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      if (length > limit) return err({ type: "body-too-large" });
      chunks.push(chunk);
    }
  } catch {
    return err({ type: "body-unreadable" });
  }
  return ok(joined(chunks, length));
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only, ...more] = chunks;
  if (only && more.length === 0) return only;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
