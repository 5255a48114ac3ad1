import { createHash } from "node:crypto";
import { secondsBetween } from "@likeness/core";
import { sends } from "../person/says.ts";
import { addMessage, chatOf, privateChat } from "./chats.ts";
import type { CheckoutRecord, PaymentOutcome, StarRecord } from "./telegram-snapshot.ts";
import type { World } from "./world.ts";

/** How long the bot may think. https://core.telegram.org/bots/api#answerprecheckoutquery */
export const checkoutSeconds = 10;

/** Whether the bot may still answer. */
export const isOpen = ({ timers }: World, { at, outcome }: CheckoutRecord): boolean =>
  !outcome && secondsBetween(at, timers.now()) <= checkoutSeconds;

/** Takes the Stars, and tells the bot by a message in the chat of the person who paid. */
export function charge(world: World, { id, personId, invoice }: CheckoutRecord): PaymentOutcome {
  const { state, timers } = world;
  const seed = createHash("sha512").update(`${state.bot.id}:${id}`).digest("base64url");
  const { stars, payload } = invoice;
  const record: StarRecord = { id: `st${seed}`, type: "payment", personId, stars, payload, at: timers.now() };
  state.stars = [...state.stars, record];
  const message = sends(world, personId, {
    successful_payment: { ...paymentOf(record), provider_payment_charge_id: `${personId}_${id}` },
  });
  return { type: "paid", chargeId: record.id, messageId: message.message_id };
}

/** Gives a payment back, once; false if there is none to give back. */
export function refundCharge(world: World, chargeId: string): boolean {
  const { state, timers, updates } = world;
  const of = (type: StarRecord["type"]) => state.stars.find((each) => each.id === chargeId && each.type === type);
  const paid = of("payment");
  if (!paid || of("refund")) return false;
  state.stars = [...state.stars, { ...paid, type: "refund", at: timers.now() }];
  const { person } = chatOf(world, paid.personId);
  const content = { refunded_payment: paymentOf(paid) };
  const message = addMessage(world, person.id, { from: state.bot, content });
  updates.add({ message: { ...message, chat: privateChat(person), from: state.bot } });
  return true;
}

const paymentOf = ({ id, stars, payload }: StarRecord) => ({
  currency: "XTR" as const,
  total_amount: stars,
  invoice_payload: payload,
  telegram_payment_charge_id: id,
});
