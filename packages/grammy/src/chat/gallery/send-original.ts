import type { PictureView } from "@likeness/core";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import { readPicture } from "../../pictures/show-pictures.ts";
import { sendMedia } from "../../telegram/media.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type Press, type PressAnswer } from "../press.ts";
import { noteSaid } from "../show-message.ts";
import type { GalleryError } from "./or-toast.ts";

/** Sends the stored bytes as a document, which Telegram does not encode anew. */
export function sendOriginal(
  ports: ChatPorts,
  press: Press,
  { picture }: PictureView,
): ResultAsync<PressAnswer, GalleryError> {
  const { api, store, say } = ports;
  const { person } = press;
  return safeTry(async function* () {
    const avatar = yield* store.avatars.find(picture.avatarId);
    if (!avatar) return okAsync(oldButton(ports, press));
    const file = yield* readPicture(ports, picture, avatar.name);
    const said = say(person.locale, "picture.caption", { blocked: 0, failed: 0 });
    const media = { kind: "document", file } as const;
    const { messageId } = yield* sendMedia(api, person, { media, said });
    yield* noteSaid(ports, person, messageId);
    return okAsync(undefined);
  });
}
