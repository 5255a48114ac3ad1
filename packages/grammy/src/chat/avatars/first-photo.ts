import type { Photo } from "@likeness/core";
import { ok, okAsync, ResultAsync, safeTry } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";

/** Maximum size of a photo that is sent to Telegram, in bytes: https://core.telegram.org/bots/api#sending-files */
const largest = 10 * 1024 * 1024;

/** The training copy of the first accepted photo, a JPEG; `undefined` when there is none that can be shown. */
export function firstPhoto(
  { blobs, log }: Pick<ChatPorts, "blobs" | "log">,
  photos: readonly Photo[],
): ResultAsync<Uint8Array | undefined, never> {
  const first = photos.find(({ state }) => state.status === "accepted");
  if (first?.state.status !== "accepted") return okAsync(undefined);
  const { id: photoId, avatarId } = first;
  const { blobKey: key } = first.state;
  return safeTry(async function* () {
    const { bytes } = yield* blobs.stat(key);
    if (bytes > largest) return ok(undefined);
    const stream = yield* blobs.get(key);
    return ok(yield* attempt(new Response(stream).arrayBuffer()).map((buffer) => new Uint8Array(buffer)));
  }).orElse(({ type }) => {
    log.warn({ photoId, avatarId, blobKey: key, error: type }, "a photo could not be shown");
    return okAsync(undefined);
  });
}

const attempt = (reading: Promise<ArrayBuffer>) =>
  ResultAsync.fromPromise(reading, (cause) => ({ type: "blob-failure", cause }) as const);
