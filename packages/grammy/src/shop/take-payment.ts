import {
  addSeconds,
  paymentJobs,
  timestamp,
  type Charge,
  type StorageFailure,
  type StoredPayment,
} from "@likeness/core";
import type { Message } from "grammy/types";
import type { ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import { purchaseIdIn } from "./purchase-payload.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Telegram's word about a payment in a message of the chat. https://core.telegram.org/bots/api#successfulpayment */
export function chargeIn(message: Message): (Charge & { readonly type: "paid" | "refunded" }) | undefined {
  const { successful_payment: paid, refunded_payment: refunded, chat, from, date } = message;
  const payment = paid ?? refunded;
  if (!payment) return undefined;
  // In a private chat the chat's id is the person's; the message itself may be Telegram's.
  const payer = chat.type === "private" ? chat.id : (from?.id ?? chat.id);
  return { type: paid ? "paid" : "refunded", ...chargeOf(payer, payment, date) };
}

interface TelegramPayment {
  readonly telegram_payment_charge_id: string;
  readonly currency: string;
  readonly total_amount: number;
  readonly invoice_payload: string;
}

/** `date`: seconds since 1970. */
export function chargeOf(payer: number, payment: TelegramPayment, date: number): Charge {
  const purchaseId = purchaseIdIn(payment.invoice_payload);
  return {
    chargeId: payment.telegram_payment_charge_id,
    ownerId: actorOf(payer),
    amount: payment.total_amount,
    currency: payment.currency,
    payload: payment.invoice_payload,
    ...(purchaseId !== undefined && { purchaseId }),
    at: timestamp(date * 1000),
  };
}

/** Stores a charge that was made or given back, and logs what an operator has to look at. */
export function takeCharge(
  { purchases, log }: Pick<ShopPorts, "purchases" | "log">,
  type: "paid" | "refunded",
  charge: Charge,
): ResultAsync<StoredPayment, StorageFailure> {
  const stored = type === "paid" ? purchases.pay(charge) : purchases.refunded(charge);
  return stored.andTee(({ type: news, payment }) => {
    const { chargeId, ownerId: actor, amount: stars, state } = payment;
    if (news === "known") return;
    const ids = { actor, chargeId, stars };
    if (state === "unassigned") log.error(ids, "a payment cannot be assigned and waits for an operator");
    else log.info({ ...ids, credits: payment.credits, state }, "a payment is stored");
  });
}

/** Key of the comparison that is made again and again. */
export const regularly = "reconcile";

/**
 * Has the payments compared once, e.g. because one could not be stored and is in Telegram's list. Under a key of its own:
 * the regular job waits for its time, and a job that waits cannot be brought forward.
 */
export const reconcileSoon = ({ store, clock }: Pick<ShopPorts, "store" | "clock">, seconds = 60) =>
  store.jobs.enqueue({
    kind: paymentJobs.reconcile,
    key: "once",
    payload: null,
    runAt: addSeconds(clock.now(), seconds),
  });

/** Has the payments compared now, and regularly from then on. */
export const reconcileAlways = (ports: Pick<ShopPorts, "store" | "clock" | "reconcileSeconds">) =>
  reconcileSoon(ports, 0).andThen(() =>
    ports.store.jobs.enqueue({
      kind: paymentJobs.reconcile,
      key: regularly,
      payload: null,
      runAt: addSeconds(ports.clock.now(), ports.reconcileSeconds),
    }),
  );
