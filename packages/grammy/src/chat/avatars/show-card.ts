import type { AvatarOverview, Photo } from "@likeness/core";
import { errAsync, ok, okAsync, ResultAsync, safeTry } from "neverthrow";
import { sendPhoto } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError, Press, PressAnswer } from "../press.ts";
import { noteSaid, orNotSent, showMessage } from "../show-message.ts";
import { avatarCard } from "./avatar-card.ts";
import { withAvatar } from "./with-avatar.ts";

/** Sends the card of an avatar: a photo with a caption, or a text when there is no photo or it has to be sent later. */
function sendCard(
  ports: Pick<ChatPorts, "likeness" | "profiles" | "store" | "api" | "blobs" | "say" | "log">,
  person: Person,
  overview: AvatarOverview,
): ResultAsync<number, ChatError> {
  const { api, log } = ports;
  const { said, keyboard } = avatarCard(ports, person, overview);
  const asText = () => showMessage(ports, person, said, { keyboard });
  return firstPhoto(ports, overview.photos).andThen((jpeg) =>
    jpeg
      ? sendPhoto(api, person, jpeg, said, { keyboard })
          .mapErr(orNotSent({ said, keyboard }))
          .andThen((messageId) => noteSaid(ports, person, messageId))
          .orElse((problem) => {
            if (problem.type !== "refused") return errAsync(problem);
            const ids = { avatarId: overview.avatar.id, actor: person.actor };
            log.warn({ ...ids, detail: problem.detail }, "Telegram refused a photo");
            return asText();
          })
      : asText(),
  );
}

/** Shows the card of an avatar that was chosen from the list. */
export const openAvatar = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) => sendCard(ports, press.person, overview).map(() => undefined));

/** Maximum size of a photo that is sent to Telegram, in bytes: https://core.telegram.org/bots/api#sending-files */
const largest = 10 * 1024 * 1024;

/** The training copy of the first accepted photo, a JPEG; `undefined` when there is none that can be shown. */
function firstPhoto(
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
