import {
  addSeconds,
  secondsBetween,
  type JobHandler,
  type JobOutcome,
  type Payment,
  type StorageFailure,
} from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { chatOf } from "../chat/actor.ts";
import { button } from "../chat/button.ts";
import type { Person } from "../chat/chat-ports.ts";
import { unpaidJob } from "../chat/chat-jobs.ts";
import { personIn } from "../chat/person.ts";
import { putMessage } from "../chat/show-message.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import type { Text } from "../texts/text.ts";
import { chargeIdIn } from "./charge-id-in.ts";
import type { ShopPorts } from "./shop-ports.ts";

const done: JobOutcome = { type: "done" };

/** After this long nobody waits for the message. */
const longestWaitSeconds = 48 * 3_600;

const pauseSeconds = 30;

/**
 * Tells the owner of a payment what became of it: the handler of `payment.tell`. A process that is killed between the
 * message and the note of it tells it again.
 */
export const tellPayment =
  (ports: ShopPorts): JobHandler =>
  ({ payload }) =>
    chargeIdIn(payload)
      .asyncAndThen((chargeId) => tell(ports, chargeId))
      .mapErr((cause) => ({ type: "job-failure", permanent: cause === "no-charge", cause }) as const);

const tell = (ports: ShopPorts, chargeId: string): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const { clock, log, purchases } = ports;
    const [payment] = yield* purchases.listPayments({ chargeIds: [chargeId] }, 1);
    const chatId = payment && chatOf(payment.ownerId);
    if (!payment || payment.told || chatId === undefined) return ok(done);
    const isOver = secondsBetween(payment.refundedAt ?? payment.paidAt, clock.now()) > longestWaitSeconds;
    // Most likely of a seller before this shop, who has served it: only the operator has to look at it.
    if (isOver && payment.state === "unassigned") return purchases.noteTold(chargeId, payment.state).map(() => done);
    const person = yield* personIn(ports, { chatId });
    const said = yield* wordsFor(ports, payment, person.locale);
    const told = await putMessage(ports, person, said, wayOn(ports, person, payment));
    if (told.isErr() && passes(told.error) && !isOver) {
      const seconds = told.error.type === "rate-limited" ? told.error.retryAfterSeconds : pauseSeconds;
      return ok({ type: "again", at: addSeconds(clock.now(), seconds + 1) } as const);
    }
    if (told.isErr()) log.warn({ chatId, chargeId, problem: told.error }, "a person was not told about a payment");
    if (leadsOn(ports, payment)) yield* ports.store.jobs.enqueue(unpaidJob({ chatId }));
    return purchases.noteTold(chargeId, payment.state).map(() => done);
  });

const leadsOn = ({ hasAvatars }: ShopPorts, { state }: Payment): boolean => hasAvatars && state === "booked";

/** Whoever has paid wants to go on with what the credits were for. */
const wayOn = (ports: ShopPorts, person: Person, payment: Payment) =>
  leadsOn(ports, payment)
    ? { keyboard: InlineKeyboard.from([[button(ports, person, "button.avatars", "avatars")]]) }
    : {};

const passes = ({ type }: TelegramProblem): boolean => type === "rate-limited" || type === "telegram-failure";

const wordsFor = (ports: ShopPorts, payment: Payment, locale: string): ResultAsync<Text, StorageFailure> =>
  safeTry(async function* () {
    const { say, support, unit } = ports;
    const { chargeId, amount: stars, state } = payment;
    if (state === "unassigned") return ok(say(locale, "payment.unassigned", { stars, chargeId, support }));
    const credits = { amount: payment.credits, unit };
    const balance = yield* balanceOf(ports, payment.ownerId);
    if (state === "refunded") return ok(say(locale, "payment.refunded", { stars, credits, owed: balance?.owed ?? 0 }));
    const again = yield* isPaidBefore(ports, payment);
    return ok(say(locale, "payment.booked", { stars, credits, again, balance }));
  });

/** Whether the same invoice was paid before. */
const isPaidBefore = ({ purchases }: ShopPorts, payment: Payment): ResultAsync<boolean, StorageFailure> =>
  purchases
    .listPayments({ ownerId: payment.ownerId }, 10)
    .map((payments) =>
      payments.some(
        (other) =>
          other.purchaseId === payment.purchaseId &&
          other.chargeId !== payment.chargeId &&
          other.paidAt <= payment.paidAt &&
          other.told,
      ),
    );

const balanceOf = ({ balance }: ShopPorts, ownerId: string) =>
  balance ? balance(ownerId).mapErr(({ cause }) => ({ type: "storage-failure", cause }) as const) : okAsync(undefined);
