import {
  addSeconds,
  secondsBetween,
  type Clock,
  type InboxDelivery,
  type ClaimedJob,
  type InboxOutcome,
  type JobHandler,
  type JobHandlers,
  type JobOutcome,
  type Log,
  type StorageFailure,
} from "@likeness/core";
import type { Bot, Context } from "grammy";
import type { Update } from "grammy/types";
import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import { chatJobs } from "../chat/chat-jobs.ts";
import { redact } from "../telegram/telegram-problem.ts";
import { inTurn, laneOf } from "./in-turn.ts";
import { pause } from "./pause.ts";
import { handlePostponable } from "./postpone.ts";
import { receiveUpdate, type ReceiveUpdate, type StorePorts } from "./receive-update.ts";
import { takeTurn, turnSeconds, type HeldTurn } from "./turn-of-person.ts";
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
  const turns: Turns = inTurn();
  const handler: JobHandler = (job) =>
    handle(options, turns, job).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const);
  return {
    receive: withoutWaiting(options.answerAtOnce, receiveUpdate(options)),
    handlers: { [chatJobs.update]: handler, [chatJobs.press]: handler },
  };
}

/** After this time the job of an update that was left to another caller checks whether it was handled. */
const lookAgainSeconds = turnSeconds;

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
    const update = updateOf(delivery);
    const work = async (working: AbortSignal) => handleInTurn(options, delivery, working);
    const handled = await turns({ lane: laneOf(update), key, place: update.update_id, work, signal });
    if (!handled) return ok({ type: "again", at: addSeconds(clock.now(), lookAgainSeconds) } as const);
    return handled.map(() => done);
  });
}

/** Only parsed, because `receive` has checked it. */
const updateOf = ({ body }: InboxDelivery): Update => JSON.parse(new TextDecoder().decode(body)) as Update;

/**
 * Handles an update, and before it those that its person caused earlier, even if their own jobs were not claimed yet.
 * `undefined`: another process is about to handle it.
 */
async function handleInTurn<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  delivery: InboxDelivery,
  signal: AbortSignal,
): Promise<Result<void, HandleError> | undefined> {
  const { store, clock, ids } = options;
  const { ownerId } = delivery;
  if (ownerId === undefined) return handleOnce(options, delivery.id, signal);
  const taken = await takeTurn({ sessions: store.sessions, clock, ids }, ownerId);
  if (taken.isErr()) return err(taken.error);
  const turn = taken.value;
  if (!turn) return undefined;
  const handled = await handleAll(options, delivery, { ownerId, turn, signal });
  if (!handled?.isOk()) await turn.giveUp();
  return handled;
}

interface InTurn {
  readonly ownerId: string;
  readonly turn: HeldTurn;
  readonly signal: AbortSignal;
}

/** Handles what waits of a person until nothing does; `undefined`: others have to go on with it. */
async function handleAll<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  own: InboxDelivery,
  { ownerId, turn, signal }: InTurn,
): Promise<Result<void, HandleError> | undefined> {
  for (;;) {
    const found = await waitingOf(options, ownerId);
    if (found.isErr()) return err(found.error);
    const mayBeMore = found.value.length === most;
    // One that is too old is not found, but has to be given up.
    const isMissing = !mayBeMore && found.value.every(({ id }) => id !== own.id);
    for (const { id } of isMissing ? [own, ...found.value] : found.value) {
      if (signal.aborted || !turn.isHeld()) return undefined;
      const handled = await handleOnce(options, id, signal);
      if (handled.isErr()) return handled;
    }
    if (mayBeMore) continue;
    const ended = await turn.end();
    if (ended.isErr()) return err(ended.error);
    if (ended.value === "ended") return ok(undefined);
  }
}

/** How many updates are read at once. */
const most = 20;

/** The updates that a person caused and that were not handled yet, in the order of Telegram's numbers. */
const waitingOf = <C extends Context>(
  { store, clock }: TelegramUpdatesOptions<C>,
  ownerId: string,
): ResultAsync<readonly InboxDelivery[], StorageFailure> =>
  store.inbox
    .unsettledOf(ownerId, addSeconds(clock.now(), -longestSeconds), most)
    .map((open) => open.filter(({ source }) => source === "telegram").toSorted(byNumber));

const byNumber = (one: InboxDelivery, other: InboxDelivery): number => Number(one.requestId) - Number(other.requestId);

/** Handles an update, unless it was handled or erased meanwhile. */
async function handleOnce<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  id: string,
  signal: AbortSignal,
): Promise<Result<void, HandleError>> {
  const { store, clock } = options;
  const found = await store.inbox.find(id);
  if (found.isErr()) return err(found.error);
  const delivery = found.value;
  if (!delivery || delivery.outcome) return ok(undefined);
  const update = updateOf(delivery);
  const outcome = isStale(delivery, clock) ? giveUp(options, update) : await hand(options, update, signal);
  if (outcome === "postponed") return err({ type: "update-postponed" });
  return store.inbox.settle(id, outcome, clock.now());
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
