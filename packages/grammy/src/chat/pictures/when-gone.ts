import { InlineKeyboard } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { oldButton, type ChatError, type PressAnswer } from "../press.ts";
import { showMessage } from "../show-message.ts";
import type { Subject } from "./picture-choice.ts";

/** The answer when what a card names is gone: the host has other scenes now, or the words are no longer kept. */
export const whenGone = (
  ports: ChatPorts,
  person: Person,
  avatarId: string,
  subject: Subject,
): ResultAsync<PressAnswer, ChatError> =>
  "words" in subject ? okAsync(oldButton(ports, { person })) : saySceneGone(ports, person, avatarId);

export const saySceneGone = (ports: ChatPorts, person: Person, avatarId: string): ResultAsync<PressAnswer, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "scene.gone"), {
    keyboard: InlineKeyboard.from([[button(ports, person, "button.other-scene", "scenes", avatarId, "1")]]),
  }).map(() => undefined);
