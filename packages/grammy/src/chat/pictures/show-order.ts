import type { Avatar, CreditsFailure, PromptHookFailure } from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { orderCard, type Chosen } from "./order-card.ts";
import type { PictureChoice } from "./picture-choice.ts";

/** Shows the card from which pictures are ordered, by editing a message or as a new one. */
export const showOrder = (
  ports: ChatPorts,
  person: Person,
  avatar: Avatar,
  chosen: Chosen,
  choice: PictureChoice,
  editing?: number,
): ResultAsync<void, ChatError> =>
  orderCard(ports, person, avatar, chosen, choice)
    .andThen(({ said, keyboard }) => showMessage(ports, person, said, { keyboard, editing }))
    .map(() => undefined)
    .orElse((error) => (error.type === "credits-failure" ? sayTrouble(ports, person, error) : errAsync(error)));

/** The host's credits, or a hook of the host, do not answer. */
export const sayTrouble = (
  ports: ChatPorts,
  person: Person,
  { type }: Pick<CreditsFailure | PromptHookFailure, "type">,
): ResultAsync<void, ChatError> => {
  ports.log.error({ actor: person.actor, error: type }, "pictures could not be ordered");
  return showMessage(ports, person, ports.say(person.locale, "trouble")).map(() => undefined);
};
