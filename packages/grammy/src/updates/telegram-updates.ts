import { deliveryJob, secondsBetween, type Clock, type Ids, type InboxDelivery } from "@likeness/core";
import type { InboxOutcome, JobHandlers, JobOutcome, Log, StorageFailure, Store } from "@likeness/core";
import type { Bot, Context } from "grammy";
import { ok, okAsync, ResultAsync, safeTry } from "neverthrow";
import { faceJobs } from "../chat/face-jobs.ts";
import { redact } from "../telegram/redact.ts";
import { inTurn } from "./in-turn.ts";
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
 * between loses none. What the bot's middleware throws is logged, and the update is not handled again.
 */
export function telegramUpdates<C extends Context>(options: TelegramUpdatesOptions<C>): TelegramUpdates {
  const turns = inTurn();
  return {
    receive: (update) => readUpdate(update).asyncAndThen(({ update_id }) => keep(options, update_id, update)),
    handlers: {
      [faceJobs.update]: (job) =>
        handle(options, turns, job.key).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }) as const),
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

const done: JobOutcome = { type: "done" };

function handle<C extends Context>(
  options: TelegramUpdatesOptions<C>,
  turns: ReturnType<typeof inTurn>,
  deliveryId: string,
): ResultAsync<JobOutcome, StorageFailure> {
  const { store, clock } = options;
  return store.inbox.find(deliveryId).andThen((delivery) => {
    if (!delivery || delivery.outcome) return okAsync(done);
    const update: unknown = JSON.parse(new TextDecoder().decode(delivery.body));
    return new ResultAsync(
      turns(laneOf(update), async () => {
        const settled = (await store.inbox.find(deliveryId)).map((found) => !found || found.outcome !== undefined);
        if (settled.isErr()) return settled.map(() => done);
        if (settled.value) return ok(done);
        const outcome = isStale(delivery, clock) ? "given_up" : await hand(options, update);
        return store.inbox.settle(deliveryId, outcome, clock.now()).map(() => done);
      }),
    );
  });
}

const isStale = ({ receivedAt }: InboxDelivery, clock: Clock): boolean =>
  secondsBetween(receivedAt, clock.now()) > longestSeconds;

async function hand<C extends Context>(
  { bot, log }: TelegramUpdatesOptions<C>,
  update: unknown,
): Promise<InboxOutcome> {
  try {
    // Stored as it came, so it is what Telegram says it is.
    await bot.handleUpdate(update as Parameters<Bot<C>["handleUpdate"]>[0]);
    return "applied";
  } catch (thrown) {
    log.error({ error: describe(thrown) }, "an update could not be handled");
    return "given_up";
  }
}

const describe = (thrown: unknown): string => redact(thrown instanceof Error ? thrown.message : String(thrown));
