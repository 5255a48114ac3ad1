import type { PictureView } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { fileName } from "../../pictures/picture-file.ts";
import { readPicture } from "../../pictures/show-pictures.ts";
import { sendMedia } from "../../telegram/media.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { noteSaid } from "../show-message.ts";

/** Sends the stored bytes as a document, which Telegram does not encode anew. */
export function sendOriginal(
  ports: ChatPorts,
  press: Press,
  { picture }: PictureView,
): ResultAsync<PressAnswer, ChatError> {
  const { api, store, likeness, say } = ports;
  const { person } = press;
  const { ownerId: actor, avatarId, id: pictureId } = picture;
  return safeTry(async function* () {
    const avatar = yield* store.avatars.find(avatarId);
    const place = await likeness.images.view({ actor, avatarId, pictureId });
    const bytes = await readPicture(ports, picture);
    if (bytes.isErr() && bytes.error.type !== "picture-gone") return errAsync(bytes.error);
    if (!avatar || place.isErr() || bytes.isErr()) return okAsync(oldButton(ports, press));
    // Numbered from the oldest, so that the next picture does not change the names of the others.
    const name = fileName(avatar.name, place.value.total - place.value.position + 1, picture);
    const said = say(person.locale, "picture.caption", { blocked: 0, failed: 0 });
    const media = { kind: "document", file: { bytes: bytes.value, name } } as const;
    const sent = await sendMedia(api, person, { media, said });
    if (sent.isErr())
      return sent.error.type === "rate-limited" ? okAsync(say(person.locale, "toast.busy")) : errAsync(sent.error);
    yield* noteSaid(ports, person, sent.value.messageId);
    return okAsync(undefined);
  });
}
