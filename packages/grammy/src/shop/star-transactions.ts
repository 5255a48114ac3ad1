import type { Api } from "grammy";
import type { StarTransaction, TransactionPartner } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { chargeOf } from "./take-payment.ts";
import { starCurrency } from "./star-package.ts";

/** https://core.telegram.org/bots/api#getstartransactions */
export const pageSize = 100;

/** A page of the bot's account. */
export const starTransactions = (api: Api, offset: number): ResultAsync<StarTransaction[], TelegramProblem> =>
  attempt(() => api.getStarTransactions({ offset, limit: pageSize })).map(({ transactions }) => transactions);

/** The charge that a line of the account is about; `undefined`: it is about something else, e.g. a withdrawal. */
export function chargeOfTransaction({ id, amount, date, source, receiver }: StarTransaction) {
  const partner = payerIn(source) ?? payerIn(receiver);
  if (!partner) return undefined;
  const payment = {
    telegram_payment_charge_id: id,
    currency: starCurrency,
    total_amount: amount,
    invoice_payload: partner.invoice_payload ?? "",
  };
  const type = payerIn(source) ? "paid" : "refunded";
  return { type, charge: chargeOf(partner.user.id, payment, date) } as const;
}

const payerIn = (partner: TransactionPartner | undefined) =>
  partner?.type === "user" && partner.transaction_type === "invoice_payment" ? partner : undefined;
