import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { PictureGone } from "../../pictures/show-pictures.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { oldButton, type ChatError, type PressAnswer } from "../press.ts";

/** What may go wrong when a picture is shown. */
export type GalleryError = ChatError | PictureGone;

/**
 * The toast for a picture that is gone, and while Telegram asks to wait: a picture that comes later would only be in the
 * way.
 */
export const orToast =
  (ports: Pick<ChatPorts, "say">, person: Person) =>
  (error: GalleryError): ResultAsync<PressAnswer, ChatError> => {
    if (error.type === "picture-gone") return okAsync(oldButton(ports, { person }));
    return error.type === "rate-limited" ? okAsync(ports.say(person.locale, "toast.busy")) : errAsync(error);
  };
