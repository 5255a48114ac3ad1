import { okAsync, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { findChosen } from "./order-card.ts";
import { readChoice, type PictureChoice } from "./picture-choice.ts";
import { placeSet } from "./place-set.ts";
import { whenGone } from "./when-gone.ts";
import { withDrawable } from "./with-drawable.ts";

/**
 * *Draw*: a card orders one set, however often it is pressed and however many processes handle the presses. A card that
 * Telegram no longer has cannot be identified, so it orders nothing.
 */
export const draw: PressHandler = (ports, press) => {
  const choice = readChoice(press.era);
  return choice && press.messageId !== undefined
    ? drawFrom(ports, press, choice, press.messageId)
    : okAsync(oldButton(ports, press));
};

const drawFrom = (
  ports: ChatPorts,
  press: Press,
  { subject, ratio, count }: PictureChoice,
  messageId: number,
): ResultAsync<PressAnswer, ChatError> =>
  withDrawable(ports, press, ({ avatar: { id: avatarId } }) => {
    const { person } = press;
    const { actor, chatId } = person;
    return findChosen(ports, person, subject).andThen((chosen) => {
      if (!chosen) return whenGone(ports, person, avatarId, subject);
      const command = { actor, avatarId, ...chosen.ordered, ratio, count };
      const idempotencyKey = cardKey(chatId, messageId);
      const placed = ports.likeness.images.generate({ ...command, idempotencyKey });
      return placeSet(ports, press, { kind: "image", count }, placed, editable(press));
    });
  });

/** What is ordered from a message is ordered once. */
export const cardKey = (chatId: number, messageId: number): string => `telegram:${chatId}:${messageId}`;
