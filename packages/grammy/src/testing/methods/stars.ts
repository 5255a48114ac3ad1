import { ok } from "neverthrow";
import type { StarTransaction } from "grammy/types";
import { answerCheckout } from "../person/pays.ts";
import { chatOf } from "../state/chats.ts";
import { isOpen, refundCharge } from "../state/charges.ts";
import type { StarRecord } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import { refuse } from "../wire/refusal.ts";
import { numberOf, textOf } from "../wire/text-of.ts";
import type { Method } from "./method.ts";

export const answerPreCheckoutQuery: Method = (context, call) => {
  const checkout = context.state.checkouts[textOf(call, "pre_checkout_query_id")];
  if (!checkout || !isOpen(context, checkout))
    return refuse(400, "query is too old and response timeout expired or query ID is invalid");
  const refusal = textOf(call, "error_message");
  const isFine = call.fields["ok"] === true;
  if (!isFine && refusal === "") return refuse(400, "ERROR_TEXT_EMPTY");
  answerCheckout(context, context.paying, checkout, isFine ? undefined : refusal);
  return ok({ result: true });
};

/** Only in full, and once. https://core.telegram.org/method/payments.refundStarsCharge */
export const refundStarPayment: Method = (context, call) => {
  const chargeId = textOf(call, "telegram_payment_charge_id");
  if (chargeId === "") return refuse(400, "CHARGE_ID_EMPTY");
  const userId = numberOf(call, "user_id");
  const paid = context.state.stars.find(({ id, type }) => id === chargeId && type === "payment");
  if (!paid) return refuse(400, "CHARGE_ID_INVALID");
  if (paid.personId !== userId) return refuse(400, "USER_ID_INVALID");
  return refundCharge(context, chargeId) ? ok({ result: true }) : refuse(400, "CHARGE_ALREADY_REFUNDED");
};

/** Oldest first. https://core.telegram.org/bots/api#getstartransactions */
export const getStarTransactions: Method = (context, call) => {
  const { offset = 0, limit = 100 } = { offset: numberOf(call, "offset"), limit: numberOf(call, "limit") };
  if (offset < 0) return refuse(400, "invalid offset specified");
  if (limit < 1 || limit > 100) return refuse(400, "invalid limit specified");
  const page = context.state.stars.slice(offset, offset + limit);
  return ok({ result: { transactions: page.map((record) => transaction(context, record)) } });
};

export const getMyStarBalance: Method = ({ state }) => {
  const amount = state.stars.reduce((sum, { type, stars }) => sum + (type === "payment" ? stars : -stars), 0);
  return ok({ result: { amount } });
};

function transaction(world: World, { id, type, personId, stars, payload, at }: StarRecord): StarTransaction {
  const partner = {
    type: "user",
    transaction_type: "invoice_payment",
    user: chatOf(world, personId).person,
    invoice_payload: payload,
  } as const;
  return {
    id,
    amount: stars,
    date: Math.floor(Date.parse(at) / 1000),
    ...(type === "payment" ? { source: partner } : { receiver: partner }),
  };
}
