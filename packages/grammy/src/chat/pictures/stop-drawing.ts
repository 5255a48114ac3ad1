import type { CancelSetError, PictureSet } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { editText } from "../../telegram/messages.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { drawingKey, forgetFollowed } from "../followed/followed-message.ts";
import { oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { cancelledCard, isCancelled } from "./drawing-card.ts";

/** *Cancel*: what the provider has not begun is not drawn. */
export const stopDrawing: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { likeness } = ports;
    const cancelled = await likeness.images.cancel({ actor: press.person.actor, setId: press.id });
    return cancelled.isErr() ? refuse(ports, press, cancelled.error) : sayCancelled(ports, press, cancelled.value);
  });

function sayCancelled(ports: ChatPorts, press: Press, set: PictureSet): ResultAsync<PressAnswer, ChatError> {
  const { api, store, say } = ports;
  const { person, messageId } = press;
  const { locale, chatId } = person;
  return safeTry(async function* () {
    if (!set.places.some(({ status }) => status === "cancelled")) return okAsync(oldButton(ports, press));
    if (!isCancelled(set)) return okAsync(say(locale, "toast.still-coming"));
    const avatar = yield* store.avatars.find(set.avatarId);
    const card = avatar && cancelledCard(ports, person, avatar);
    if (card && messageId !== undefined) yield* editText(api, chatId, messageId, card.said, card.keyboard);
    yield* forgetFollowed(store.sessions, drawingKey(set.id));
    return okAsync(undefined);
  });
}

function refuse(ports: ChatPorts, press: Press, error: CancelSetError): ResultAsync<PressAnswer, ChatError> {
  switch (error.type) {
    case "set-not-found":
      return okAsync(oldButton(ports, press));
    case "storage-failure":
      return errAsync(error);
    default:
      return okAsync(ports.say(press.person.locale, "toast.cannot-cancel"));
  }
}
