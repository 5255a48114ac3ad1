import { addSeconds, type StorageFailure } from "@likeness/core";
import type { PreCheckoutQuery } from "grammy/types";
import { okAsync, ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import { findPerson } from "../chat/person.ts";
import { attempt } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { pause } from "../updates/pause.ts";
import { isOpen } from "./is-open.ts";
import { purchaseIdIn } from "./purchase-payload.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Telegram waits ten seconds, and people less. https://core.telegram.org/bots/api#answerprecheckoutquery */
const lookMilliseconds = 1_500;

/** How long an invoice can be paid. The policy keeps purchases that are not paid for longer, so a payment finds its own. */
const invoiceSeconds = 7 * 86_400;

/** Seconds before the answer is sent again when Telegram did not take it. */
const pauses = [0.5, 1];

/** Why nothing is paid, and the person's language, if it could be read. */
interface Refusal {
  readonly because: "toast.checkout-gone" | "toast.checkout-foreign" | "toast.checkout-trouble";
  readonly locale?: string | undefined;
}

/**
 * Says within two seconds whether a payment may go on. It reads the purchase and, at the same time, whether orders are taken;
 * for a no, the person's language. If that fails or takes too long, the answer is no, with words, because
 * after no answer a person sees only an error of the app.
 */
export async function answerPreCheckout(ports: ShopPorts, query: PreCheckoutQuery): Promise<void> {
  const { api, clock, log, say } = ports;
  const refusal = await soonEnough(ports, refusalOf(ports, query));
  const stated = query.from.language_code ?? "en";
  const ids = { actor: actorOf(query.from.id), checkoutId: query.id };
  if (refusal) log.warn({ ...ids, refusal: refusal.because.slice("toast.".length) }, "a payment was not let through");
  const error_message = refusal && say(refusal.locale ?? stated, refusal.because);
  const send = () =>
    attempt(() => api.answerPreCheckoutQuery(query.id, error_message === undefined, { error_message }));
  let sent = await send();
  for (const seconds of pauses) {
    if (sent.isOk() || sent.error.type !== "telegram-failure") break;
    await pause(clock, seconds, never);
    sent = await send();
  }
  if (sent.isErr()) log.warn({ ...ids, problem: sent.error satisfies TelegramProblem }, "a payment was not answered");
}

const never = new AbortController().signal;

/** `undefined`: the person may pay. */
const refusalOf = (ports: ShopPorts, query: PreCheckoutQuery): ResultAsync<Refusal | undefined, never> =>
  whyNot(ports, query)
    .andThen((because) => (because ? inTheirLanguage(ports, query, because) : okAsync(undefined)))
    .orElse(() => okAsync({ because: "toast.checkout-trouble" } as const));

function whyNot(
  ports: ShopPorts,
  query: PreCheckoutQuery,
): ResultAsync<Refusal["because"] | undefined, StorageFailure> {
  const { purchases, packages, allows, clock } = ports;
  const id = purchaseIdIn(query.invoice_payload);
  const actor = actorOf(query.from.id);
  if (id === undefined || !allows({ actor })) return okAsync("toast.checkout-gone");
  return ResultAsync.combine([purchases.find(id), isOpen(ports, { actor })]).map(([purchase, open]) => {
    if (!purchase) return "toast.checkout-gone";
    if (purchase.ownerId !== actor) return "toast.checkout-foreign";
    const { credits, amount: stars, currency } = purchase;
    const isAsked = stars === query.total_amount && currency === query.currency;
    const isSold = packages.some((each) => each.credits === credits && each.stars === stars);
    const isYoung = addSeconds(purchase.createdAt, invoiceSeconds) > clock.now();
    if (!isAsked || !isSold || !isYoung) return "toast.checkout-gone";
    return open ? undefined : "toast.checkout-trouble";
  });
}

const inTheirLanguage = (
  ports: ShopPorts,
  { from }: PreCheckoutQuery,
  because: Refusal["because"],
): ResultAsync<Refusal, StorageFailure> =>
  findPerson(ports.store, { chatId: from.id }, from.language_code).map(({ person: { locale } }) => ({
    because,
    locale,
  }));

/** The refusal, or that there is trouble if it takes too long to find out. */
const soonEnough = (
  { clock }: ShopPorts,
  looking: ResultAsync<Refusal | undefined, never>,
): Promise<Refusal | undefined> =>
  new Promise((resolve) => {
    const trouble: Refusal = { because: "toast.checkout-trouble" };
    const callOff = clock.after(lookMilliseconds, () => resolve(trouble));
    const end = (refusal: Refusal | undefined): void => {
      callOff();
      resolve(refusal);
    };
    void looking.then(
      (found) => end(found.isOk() ? found.value : trouble),
      () => end(trouble),
    );
  });
