import type { ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { editable, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { avatarList } from "./avatar-list.ts";

type ListPorts = Pick<ChatPorts, "likeness" | "store" | "api" | "say">;

export interface ShowAvatars {
  /** From 1. */
  readonly page?: number;
  /** The message that becomes the list. */
  readonly editing?: number;
}

/** Shows a person their avatars. */
export const showAvatars = (
  ports: ListPorts,
  person: Person,
  { page = 1, editing }: ShowAvatars = {},
): ResultAsync<void, ChatError> =>
  ports.likeness.avatars.list({ actor: person.actor }).andThen((avatars) => {
    const { said, keyboard } = avatarList(ports, person, avatars, page);
    return showMessage(ports, person, said, { keyboard, editing }).map(() => undefined);
  });

/**
 * Sends the list as a new message: the message with the button may say something else, e.g. that an avatar is ready.
 */
export const openList = (ports: ListPorts, { person }: Press): ResultAsync<PressAnswer, ChatError> =>
  showAvatars(ports, person).map(() => undefined);

/** Shows another page of the list in the same message. */
export const turnPage = (ports: ListPorts, press: Press): ResultAsync<PressAnswer, ChatError> => {
  const { person, id } = press;
  const page = /^\d{1,4}$/.test(id) ? Number(id) : 1;
  return showAvatars(ports, person, { page, editing: editable(press) }).map(() => undefined);
};
