import { chatOf } from "../state/chats.ts";
import { charge, checkoutSeconds } from "../state/charges.ts";
import type { CheckoutRecord, InvoiceRecord, PaymentOutcome } from "../state/telegram-snapshot.ts";
import type { World } from "../state/world.ts";
import type { Checkout, InvoiceChoice } from "./person.ts";
import { says } from "./says.ts";

/** Those who wait for the outcome of their payment, by the id of the pre-checkout query. */
export type Paying = Map<string, (outcome: PaymentOutcome) => void>;

export function pays(world: World, paying: Paying, personId: number, choice: InvoiceChoice = {}): Checkout {
  const invoice = invoiceOf(world, personId, choice);
  if ("forwardedBy" in choice && choice.forwardedBy !== undefined && invoice.startParameter !== "") {
    says(world, personId, `/start ${invoice.startParameter}`);
    return { outcome: Promise.resolve({ type: "opened-bot" }) };
  }
  const { state, timers, events, updates } = world;
  const { person } = chatOf(world, personId);
  const id = String(4_300_000_000_000_000 + state.next.checkout++);
  const checkout: CheckoutRecord = { id, personId, invoice, at: timers.now() };
  state.checkouts[id] = checkout;
  const outcome = new Promise<PaymentOutcome>((resolve) => paying.set(id, resolve));
  events.emit({ type: "checkout", chatId: personId, checkoutId: id, stars: invoice.stars });
  updates.add({
    pre_checkout_query: {
      id,
      from: person,
      currency: "XTR",
      total_amount: invoice.stars,
      invoice_payload: invoice.payload,
    },
  });
  timers.after(checkoutSeconds * 1000, () => endCheckout(world, paying, id, { type: "timeout" }));
  return { id, outcome };
}

/** Ends a checkout that has not ended. */
function endCheckout(world: World, paying: Paying, id: string, outcome: PaymentOutcome): void {
  const checkout = world.state.checkouts[id];
  if (!checkout || checkout.outcome) return;
  world.state.checkouts[id] = { ...checkout, outcome };
  world.events.emit({ type: "checkout-ended", chatId: checkout.personId, checkoutId: id, outcome });
  paying.get(id)?.(outcome);
  paying.delete(id);
}

/** The bot has answered: the Stars are taken, or the person reads why not. */
export function answerCheckout(
  world: World,
  paying: Paying,
  checkout: CheckoutRecord,
  refusal: string | undefined,
): void {
  const outcome = refusal === undefined ? charge(world, checkout) : ({ type: "refused", text: refusal } as const);
  endCheckout(world, paying, checkout.id, outcome);
}

function invoiceOf(world: World, personId: number, choice: InvoiceChoice): InvoiceRecord {
  if ("link" in choice && choice.link !== undefined) {
    const invoice = world.state.invoiceLinks[choice.link];
    if (!invoice) throw new Error(`There is no invoice link ${choice.link}`);
    return invoice;
  }
  const { messageId, forwardedBy } = choice as { messageId?: number; forwardedBy?: number };
  const found = chatOf(world, forwardedBy ?? personId).messages.findLast(
    ({ message, invoice }) => invoice && (messageId === undefined || message.message_id === messageId),
  );
  if (!found?.invoice) throw new Error("There is no such invoice");
  return found.invoice;
}
