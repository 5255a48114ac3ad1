import { addSeconds, type JobHandler, type JobOutcome, type StorageFailure } from "@likeness/core";
import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { chatOf } from "../chat/actor.ts";
import { attempt } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { chargeIdIn } from "./charge-id-in.ts";
import type { ShopPorts } from "./shop-ports.ts";
import { chargeOfTransaction, pageSize, starTransactions } from "./star-transactions.ts";
import { takeCharge } from "./take-payment.ts";

const done: JobOutcome = { type: "done" };

const pauseSeconds = 60;

/** Telegram refuses to give a payment back, e.g. because the bot has too few Stars. */
interface RefundRefused {
  readonly type: "refund-refused";
  readonly detail: string;
}

/**
 * Gives a payment back at Telegram, and takes its credits: the handler of `payment.refund`. A payment that was given back
 * before counts as given back. https://core.telegram.org/method/payments.refundStarsCharge
 */
export const refundPayment =
  (ports: ShopPorts): JobHandler =>
  ({ payload }) =>
    chargeIdIn(payload)
      .asyncAndThen((chargeId) => refund(ports, chargeId))
      .mapErr((cause) => ({ type: "job-failure", permanent: cause === "no-charge", cause }) as const);

const refund = (ports: ShopPorts, chargeId: string): ResultAsync<JobOutcome, StorageFailure | RefundRefused> =>
  safeTry(async function* () {
    const { api, clock, log, purchases } = ports;
    const [payment] = yield* purchases.listPayments({ chargeIds: [chargeId] }, 1);
    if (!payment || payment.state === "refunded" || payment.refundOrderedAt === undefined) return ok(done);
    const refunded = await payerOf(ports, payment).andThen((payer) =>
      attempt(() => api.refundStarPayment(payer, chargeId)).orElse((problem) =>
        isRefundedBefore(problem) ? okAsync(true) : err(problem),
      ),
    );
    if (refunded.isOk()) return takeCharge(ports, "refunded", { ...payment, at: clock.now() }).map(() => done);
    const { error } = refunded;
    log.warn({ actor: payment.ownerId, chargeId, problem: error }, "a payment is not given back yet");
    if (error.type === "refused" || error.type === "unreachable")
      return err({ type: "refund-refused", detail: error.type === "refused" ? error.detail : error.type } as const);
    const seconds = error.type === "rate-limited" ? error.retryAfterSeconds : pauseSeconds;
    return ok({ type: "again", at: addSeconds(clock.now(), seconds) } as const);
  });

const isRefundedBefore = (problem: TelegramProblem): boolean =>
  problem.type === "refused" && problem.detail.includes("CHARGE_ALREADY_REFUNDED");

/** The person who paid; after an erasure only Telegram knows. */
function payerOf(
  { api }: ShopPorts,
  { ownerId, chargeId }: { readonly ownerId: string; readonly chargeId: string },
  offset = 0,
): ResultAsync<number, TelegramProblem> {
  const known = chatOf(ownerId);
  if (known !== undefined) return okAsync(known);
  return starTransactions(api, offset).andThen((page): ResultAsync<number, TelegramProblem> => {
    const payer = page.map(chargeOfTransaction).find((each) => each?.charge.chargeId === chargeId);
    const found = payer && chatOf(payer.charge.ownerId);
    if (found !== undefined) return okAsync(found);
    if (page.length < pageSize) return okAsync(0);
    return payerOf({ api } as ShopPorts, { ownerId, chargeId }, offset + pageSize);
  });
}
