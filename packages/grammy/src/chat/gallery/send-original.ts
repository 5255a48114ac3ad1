import type { PictureView } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
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
  const { api, store, say } = ports;
  const { person } = press;
  return safeTry(async function* () {
    const avatar = yield* store.avatars.find(picture.avatarId);
    if (!avatar) return okAsync(oldButton(ports, press));
    const file = await readPicture(ports, picture, avatar.name);
    if (file.isErr())
      return file.error.type === "picture-gone" ? okAsync(oldButton(ports, press)) : errAsync(file.error);
    const said = say(person.locale, "picture.caption", { blocked: 0, failed: 0 });
    const media = { kind: "document", file: file.value } as const;
    const sent = await sendMedia(api, person, { media, said });
    if (sent.isErr())
      return sent.error.type === "rate-limited" ? okAsync(say(person.locale, "toast.busy")) : errAsync(sent.error);
    yield* noteSaid(ports, person, sent.value.messageId);
    return okAsync(undefined);
  });
}
