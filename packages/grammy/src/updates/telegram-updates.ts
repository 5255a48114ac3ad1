import {
  addSeconds,
  secondsBetween,
  type Clock,
  type InboxDelivery,
  type ClaimedJob,
  type InboxOutcome,
  type JobHandlers,
  type JobOutcome,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import type { Bot, Context } from "grammy";
import type { Update } from "grammy/types";
import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { chatJobs } from "../chat/chat-jobs.ts";
import { redact } from "../telegram/telegram-problem.ts";
import { inTurn, laneOf } from "./in-turn.ts";
import { pause } from "./pause.ts";
import { handlePostponable } from "./postpone.ts";
import { receiveUpdate, type ReceiveUpdate, type StorePorts } from "./receive-update.ts";
import { withoutWaiting, type AnswerAtOnce } from "./without-waiting.ts";

export interface TelegramUpdatesOptions<C extends Context> extends StorePorts {
  /** Handles the updates. It is initialised (`bot.init()`), but not started. */
  readonly bot: Pick<Bot<C>, "handleUpdate">;
  readonly log: Log;
  /** Answers the updates that must not wait, e.g. `starShop(…).answerAtOnce`. They are neither stored nor handled. */
  readonly answerAtOnce?: AnswerAtOnce | undefined;
}

export interface TelegramUpdates {
  readonly receive: ReceiveUpdate;
  /** For `likeness.start`. */
  readonly handlers: JobHandlers;
}

/** Maximum age of an update; Telegram keeps none longer: https://core.telegram.org/bots/api#getting-updates */
const longestSeconds = 24 * 3_600;

/**
 * Handles a bot's updates without losing any: an update is stored first, then confirmed to Telegram, then handled by a
 * job. An exception of the bot's middleware is logged, and the update is not handled again. If the store fails in our
 * chat, the update is handled again, a few times.
 */
export function telegramUpdates<C extends Context>(options: TelegramUpdatesOptions<C>): TelegramUpdates {
  const turns: Turns = inTurn(options.clock);
  return {
    receive: withoutWaiting(options.answerAtOnce, receiveUpdate(options)),
    handlers: {
      [chatJobs.update]: (job) =>
        handle(options, turns, job).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const),
    },
  };
}

/** After this time the job of an update that was left to another caller checks whether it was handled. */
const lookAgainSeconds = 5;

/**
 * How long an update waits for earlier ones of its person, which another process may be handling, or which another
 * job is about to bring here. Not longer: their process may have died.
 */
const orderSeconds = 5;

const done: JobOutcome = { type: "done" };

/** The process stops while an update waits to be repeated. */
interface UpdatePostponed {
  readonly type: "update-postponed";
}

type HandleError = StorageFailure | UpdatePostponed;

type Turns = ReturnType<typeof inTurn<Result<void, HandleError>>>;

/** Seconds between the attempts; later updates of the chat wait meanwhile, so that the order is kept. */
const pauses = [1, 2, 4, 8];

function handle<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  turns: Turns,
  { key, signal }: ClaimedJob,
): ResultAsync<JobOutcome, HandleError> {
  const { store, clock } = options;
  return safeTry(async function* () {
    const delivery = yield* store.inbox.find(key);
    if (!delivery || delivery.outcome) return ok(done);
    // Only parsed, because `receive` has checked it.
    const update = JSON.parse(new TextDecoder().decode(delivery.body)) as Update;
    const work = async (working: AbortSignal) => handleOnce(options, { delivery, update, signal: working });
    const handled = await turns({ lane: laneOf(update), key, place: update.update_id, work, signal });
    if (!handled) return ok({ type: "again", at: addSeconds(clock.now(), lookAgainSeconds) } as const);
    return handled.map(() => done);
  });
}

interface Handling {
  readonly delivery: InboxDelivery;
  readonly update: Update;
  /** Aborted when another process is to continue. */
  readonly signal: AbortSignal;
}

/** Handles an update, unless it was handled while it waited; `undefined`: an earlier one has to be handled first. */
async function handleOnce<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  { delivery, update, signal }: Handling,
): Promise<Result<void, HandleError> | undefined> {
  const { store, clock } = options;
  const found = await store.inbox.find(delivery.id);
  if (found.isErr()) return err(found.error);
  if (!found.value || found.value.outcome) return ok(undefined);
  const early = await isEarly(options, delivery);
  if (early.isErr()) return err(early.error);
  if (early.value) return undefined;
  const outcome = isStale(delivery, clock) ? giveUp(options, update) : await hand(options, update, signal);
  if (outcome === "postponed") return err({ type: "update-postponed" });
  return store.inbox.settle(delivery.id, outcome, clock.now());
}

/** Whether an update that the person caused before this one, by its number, has not been handled yet. */
function isEarly({ store, clock }: StorePorts, delivery: InboxDelivery): ResultAsync<boolean, StorageFailure> {
  const { source, ownerId, requestId } = delivery;
  if (ownerId === undefined) return okAsync(false);
  return store.inbox
    .unsettledOf(ownerId, addSeconds(clock.now(), -orderSeconds), 10)
    .map((open) => open.some((other) => other.source === source && Number(other.requestId) < Number(requestId)));
}

const isStale = ({ receivedAt }: InboxDelivery, clock: Clock): boolean =>
  secondsBetween(receivedAt, clock.now()) > longestSeconds;

/** Drops an update whose answer would come so late that it would confuse the person. */
function giveUp<C extends Context>({ log }: TelegramUpdatesOptions<C>, update: Update): InboxOutcome {
  log.warn(idsOf(update), "an update is too old to be handled");
  return "given_up";
}

/** The ids for the log. The lane is the chat's id, if the update has a chat. */
function idsOf(update: Update): { readonly updateId: number; readonly chatId?: number } {
  const chatId = Number(laneOf(update));
  return { updateId: update.update_id, ...(!Number.isNaN(chatId) && { chatId }) };
}

async function hand<C extends Context>(
  { bot, clock, log }: TelegramUpdatesOptions<C>,
  update: Update,
  signal: AbortSignal,
): Promise<InboxOutcome | "postponed"> {
  const bring = () => bot.handleUpdate(update);
  try {
    for (const seconds of pauses) {
      if ((await handlePostponable(update, bring)) === "handled") return "applied";
      await pause(clock, seconds, signal);
      if (signal.aborted) return "postponed";
    }
    await bring();
    return "applied";
  } catch (thrown) {
    log.error({ ...idsOf(update), error: describe(thrown) }, "an update could not be handled");
    return "given_up";
  }
}

const describe = (thrown: unknown): string => redact(thrown instanceof Error ? thrown.message : String(thrown));
