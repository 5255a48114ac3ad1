import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { ChatPorts } from "../chat-ports.ts";
import { offerForPictures } from "../credits/offer-for.ts";
import { isPriceOf } from "../credits/price-token.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { findChosen } from "./order-card.ts";
import { priceIn, readChoice, writeChoice, type PictureChoice } from "./picture-choice.ts";
import { placeSet } from "./place-set.ts";
import { sayTrouble, showOrder } from "./show-order.ts";
import { whenGone } from "./when-gone.ts";
import { withDrawable } from "./with-drawable.ts";

/**
 * *Draw*: a card orders one set, however often it is pressed and however many processes handle the presses. A card that
 * Telegram no longer has cannot be identified, so it orders nothing. Where the price is another one now, the card shows it
 * before it orders anything.
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
  choice: PictureChoice,
  messageId: number,
): ResultAsync<PressAnswer, ChatError> =>
  withDrawable(ports, press, ({ avatar }) => {
    const { person } = press;
    const { actor, chatId } = person;
    const { id: avatarId } = avatar;
    const { subject, ratio, count } = choice;
    return safeTry(async function* () {
      const chosen = yield* findChosen(ports, person, subject);
      if (!chosen) return whenGone(ports, person, avatarId, subject);
      const wanted = { recipe: "image", count, ratio } as const;
      const shown = await isPriceOf(priceIn(press.era), offerForPictures(ports.likeness, person, wanted));
      if (shown.isErr()) return sayTrouble(ports, person, shown.error).map(() => undefined);
      if (!shown.value) return showOrder(ports, person, avatar, chosen, choice, editable(press)).map(() => undefined);
      const command = { actor, avatarId, ...chosen.ordered, ratio, count };
      const idempotencyKey = cardKey(chatId, messageId);
      const order = ports.likeness.images.generate({ ...command, idempotencyKey });
      const card = { verb: "shape", era: writeChoice(choice), messageId: editable(press) } as const;
      return placeSet(ports, press, { wanted, order, card });
    });
  });

/** What is ordered from a message is ordered once. */
export const cardKey = (chatId: number, messageId: number): string => `telegram:${chatId}:${messageId}`;
