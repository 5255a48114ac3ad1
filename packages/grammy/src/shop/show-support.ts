import { InlineKeyboard } from "grammy";
import type { ResultAsync } from "neverthrow";
import type { Person } from "../chat/chat-ports.ts";
import type { ChatError } from "../chat/press.ts";
import { showMessage } from "../chat/show-message.ts";
import type { PaymentShown } from "../texts/shop-texts.ts";
import type { Payment } from "@likeness/core";
import { shopData } from "./shop-data.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** The number of payments that are shown, and can be asked back. */
export const recentPayments = 5;

/**
 * `/paysupport`: whom to write to, and the last payments with the ids that support asks for.
 * https://telegram.org/tos/bot-developers (6.2.1)
 */
export const showSupport = (ports: ShopPorts, person: Person): ResultAsync<void, ChatError> =>
  ports.purchases.listPayments({ ownerId: person.actor }, recentPayments).andThen((payments) => {
    const { say, support, terms } = ports;
    const said = say(person.locale, "paysupport", {
      support,
      terms,
      payments: payments.map((payment) => shownOf(ports, payment)),
    });
    const label = say(person.locale, "button.ask-refund");
    const keyboard = payments.some(canBeAsked)
      ? { keyboard: InlineKeyboard.from([[InlineKeyboard.text(label, shopData({ verb: "refund" }))]]) }
      : {};
    return showMessage(ports, person, said, keyboard).map(() => undefined);
  });

/** Whether its owner may still ask for the money. */
export const canBeAsked = ({ state, refundAskedAt, refundOrderedAt }: Payment): boolean =>
  state !== "refunded" && refundAskedAt === undefined && refundOrderedAt === undefined;

const shownOf = ({ unit }: Pick<ShopPorts, "unit">, payment: Payment): PaymentShown => ({
  at: payment.paidAt,
  stars: payment.amount,
  credits: { amount: payment.credits, unit },
  state: payment.state,
  asked: payment.state !== "refunded" && !canBeAsked(payment),
  chargeId: payment.chargeId,
});
