import type { PreCheckoutQuery } from "grammy/types";
import { okAsync, type ResultAsync } from "neverthrow";
import { actorOf } from "../chat/actor.ts";
import { attempt } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { pause } from "../updates/pause.ts";
import { purchaseIdIn } from "./purchase-payload.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** Telegram waits ten seconds, and people less. https://core.telegram.org/bots/api#answerprecheckoutquery */
const lookMilliseconds = 1_500;

/** Seconds before the answer is sent again when Telegram did not take it. */
const pauses = [0.5, 1];

/** Why nothing is paid. */
type Refusal = "toast.checkout-gone" | "toast.checkout-foreign" | "toast.checkout-trouble";

/**
 * Says within two seconds whether a payment may go on. One read of the store; if that fails or takes too long, the answer
 * is no, with words, because after no answer a person sees only an error of the app.
 */
export async function answerPreCheckout(ports: ShopPorts, query: PreCheckoutQuery): Promise<void> {
  const { api, clock, log, say } = ports;
  const refusal = await soonEnough(ports, refusalOf(ports, query));
  const ids = { actor: actorOf(query.from.id), checkoutId: query.id };
  if (refusal) log.warn({ ...ids, refusal: refusal.slice("toast.".length) }, "a payment was not let through");
  const error_message = refusal && say(query.from.language_code ?? "en", refusal);
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
function refusalOf(
  { purchases, packages, allows }: ShopPorts,
  query: PreCheckoutQuery,
): ResultAsync<Refusal | undefined, never> {
  const id = purchaseIdIn(query.invoice_payload);
  if (id === undefined || !allows({ actor: actorOf(query.from.id) })) return okAsync("toast.checkout-gone");
  return purchases
    .find(id)
    .map((purchase): Refusal | undefined => {
      if (!purchase) return "toast.checkout-gone";
      if (purchase.ownerId !== actorOf(query.from.id)) return "toast.checkout-foreign";
      const { credits, amount: stars, currency } = purchase;
      const isAsked = stars === query.total_amount && currency === query.currency;
      const isSold = packages.some((each) => each.credits === credits && each.stars === stars);
      return isAsked && isSold ? undefined : "toast.checkout-gone";
    })
    .orElse(() => okAsync("toast.checkout-trouble" as const));
}

/** The refusal, or that there is trouble if it takes too long to find out. */
const soonEnough = (
  { clock }: ShopPorts,
  looking: ResultAsync<Refusal | undefined, never>,
): Promise<Refusal | undefined> =>
  new Promise((resolve) => {
    const trouble: Refusal = "toast.checkout-trouble";
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
