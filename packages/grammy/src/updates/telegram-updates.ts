import { addSeconds, deliveryJob, secondsBetween, type Clock, type Ids, type InboxDelivery } from "@likeness/core";
import type { ClaimedJob, InboxOutcome, JobHandlers, JobOutcome, Log, StorageFailure, Store } from "@likeness/core";
import type { Bot, Context } from "grammy";
import type { Update } from "grammy/types";
import { err, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { chatJobs } from "../chat/chat-jobs.ts";
import { redact } from "../telegram/redact.ts";
import { inTurn } from "./in-turn.ts";
import { pause } from "./pause.ts";
import { handlePostponable } from "./postpone.ts";
import { laneOf, readUpdate, type UpdateMalformed } from "./read-update.ts";

export interface TelegramUpdatesOptions<C extends Context> {
  /** Handles the updates. It is initialised (`bot.init()`), but not started. */
  readonly bot: Pick<Bot<C>, "handleUpdate">;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Stores an update; `known` when it is there already, so that nobody acts on it twice. */
export type ReceiveUpdate = (update: unknown) => ResultAsync<"new" | "known", UpdateMalformed | StorageFailure>;

export interface TelegramUpdates {
  readonly receive: ReceiveUpdate;
  /** For `likeness.start`. */
  readonly handlers: JobHandlers;
}

const source = "telegram";

/** Telegram itself keeps an update no longer: https://core.telegram.org/bots/api#getting-updates */
const longestSeconds = 24 * 3_600;

/**
 * Takes a bot's updates the safe way: stored first, confirmed to Telegram then, handled by a job. A process that dies in
 * between loses none. What the bot's middleware throws is logged, and the update is not handled again; when our chat finds
 * that the store fails, it is, a few times.
 */
export function telegramUpdates<C extends Context>(options: TelegramUpdatesOptions<C>): TelegramUpdates {
  const turns: Turns = inTurn();
  return {
    receive: (update) => readUpdate(update).asyncAndThen(({ update_id }) => keep(options, update_id, update)),
    handlers: {
      [chatJobs.update]: (job) =>
        handle(options, turns, job).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const),
    },
  };
}

function keep({ store, clock, ids }: TelegramUpdatesOptions<Context>, updateId: number, update: unknown) {
  return safeTry(async function* () {
    const delivery: InboxDelivery = {
      id: ids.next(),
      source,
      requestId: String(updateId),
      // Its number alone tells an update: Telegram may word it anew when it delivers it again.
      digest: "",
      headers: {},
      body: new TextEncoder().encode(JSON.stringify(update)),
      receivedAt: clock.now(),
      verified: true,
    };
    return store.atomically((tx) =>
      tx.inbox
        .insert(delivery)
        .andThen((stored) =>
          stored === "new" ? tx.jobs.enqueue(deliveryJob(delivery)).map(() => stored) : okAsync(stored),
        ),
    );
  });
}

/** An update that waits for others of its chat is looked at again after this, in case they are not handled after all. */
const lookAgainSeconds = 5;

const done: JobOutcome = { type: "done" };

/** The process stops while an update waits to come again. */
interface UpdatePostponed {
  readonly type: "update-postponed";
}

type HandleError = StorageFailure | UpdatePostponed;

type Turns = ReturnType<typeof inTurn<Result<void, HandleError>>>;

/** Seconds between the tries; the rest of the chat waits, so that it stays in order. */
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
    // Stored as it came, so it is what Telegram says it is.
    const update = JSON.parse(new TextDecoder().decode(delivery.body)) as Update;
    const work = async (working: AbortSignal) => handleOnce(options, { delivery, update, signal: working });
    const handled = await turns({ lane: laneOf(update), key, work, signal });
    if (!handled) return ok({ type: "again", at: addSeconds(clock.now(), lookAgainSeconds) } as const);
    return handled.map(() => done);
  });
}

interface Handling {
  readonly delivery: InboxDelivery;
  readonly update: Update;
  /** Aborted when somebody else is to go on. */
  readonly signal: AbortSignal;
}

/** Handles an update, unless that was done while it waited. */
const handleOnce = <C extends Context>(
  options: TelegramUpdatesOptions<C>,
  { delivery, update, signal }: Handling,
): ResultAsync<void, HandleError> =>
  safeTry(async function* () {
    const { store, clock } = options;
    const found = yield* store.inbox.find(delivery.id);
    if (!found || found.outcome) return ok(undefined);
    const outcome = isStale(delivery, clock) ? giveUp(options, update) : await hand(options, update, signal);
    if (outcome === "postponed") return err({ type: "update-postponed" } as const);
    return store.inbox.settle(delivery.id, outcome, clock.now());
  });

const isStale = ({ receivedAt }: InboxDelivery, clock: Clock): boolean =>
  secondsBetween(receivedAt, clock.now()) > longestSeconds;

/** It confuses more than it helps by now, and whoever sent it has asked again or left. */
function giveUp<C extends Context>({ log }: TelegramUpdatesOptions<C>, update: Update): InboxOutcome {
  log.warn(idsOf(update), "an update is too old to be handled");
  return "given_up";
}

/** For the log. A lane is named after its chat, if the update has one. */
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
