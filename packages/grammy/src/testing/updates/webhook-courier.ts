import { addSeconds, type Timestamp } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import type { Events } from "../control/events.ts";
import { remember } from "../state/remember.ts";
import type { QueuedUpdate, TelegramState, WebhookRecord } from "../state/telegram-snapshot.ts";
import { withoutUndefined } from "../state/without-undefined.ts";
import type { UpdateQueue } from "./update-queue.ts";
import { readOutcome, type Outcome } from "./webhook-outcome.ts";
import {
  afterFailure,
  attemptSeconds,
  firstTry,
  hasLongBeenGone,
  type Tries,
  type WebhookAnswer,
} from "./webhook-schedule.ts";

/** One attempt to deliver an update. */
export interface TelegramDelivery {
  readonly updateId: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: Timestamp;
  readonly answer: WebhookAnswer;
}

export interface WebhookCourierOptions {
  readonly state: TelegramState;
  readonly queue: UpdateQueue;
  readonly timers: Timers;
  readonly events: Events;
  readonly deliver: typeof fetch;
  /** Runs the call in the answer to a webhook. */
  execute(method: string, fields: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface WebhookCourier {
  /** Starts over, after a webhook was set. */
  restart(): void;
  readonly deliveries: readonly TelegramDelivery[];
  /** Resolves when no delivery is under way. */
  idle(): Promise<void>;
}

/**
 * Delivers updates to the webhook: one after another within a queue, queues in parallel, each repeated until it is
 * answered with 2xx or has expired.
 * https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/WebhookActor.cpp
 */
export function webhookCourier(options: WebhookCourierOptions): WebhookCourier {
  const { state, queue, timers, events, deliver, execute } = options;
  const deliveries: TelegramDelivery[] = [];
  const underWay = new Map<string, Promise<void>>();
  let tries = new WeakMap<QueuedUpdate, Tries>();

  const pump = (): void => {
    const { webhook } = state;
    if (!webhook || timers.closing.aborted) return;
    const begun = new Set<string>();
    for (const entry of queue.pending()) {
      const isFirst = !begun.has(entry.queue);
      begun.add(entry.queue);
      if (!isFirst || underWay.has(entry.queue) || underWay.size >= webhook.maxConnections) continue;
      if ((tries.get(entry)?.dueAt ?? "") > timers.now()) continue;
      underWay.set(
        entry.queue,
        attempt(entry, webhook).finally(() => {
          underWay.delete(entry.queue);
          pump();
        }),
      );
    }
  };

  const attempt = async (entry: QueuedUpdate, webhook: WebhookRecord): Promise<void> => {
    const before = tries.get(entry) ?? firstTry;
    const at = timers.now();
    const { answer, problem, retryAfter, reply } = await post(entry, webhook);
    const updateId = entry.update.update_id;
    const delivery = { updateId, attempt: before.failures + 1, answer };
    remember(deliveries, { ...delivery, at });
    events.emit({ type: "webhook-delivery", chatId: personOf(entry), ...delivery });
    if (problem === undefined) {
      queue.remove(entry);
      noteProblem(webhook, undefined, answer);
      if (reply) await execute(reply.method, reply.fields);
      return;
    }
    noteProblem(webhook, problem, answer);
    const { delay, ...next } = afterFailure(before, retryAfter);
    const dueAt = addSeconds(timers.now(), delay);
    if (dueAt > entry.expiresAt) queue.remove(entry);
    tries.set(entry, { ...next, dueAt });
    if (delay > 0) timers.after(delay * 1000, pump);
  };

  /** Only what concerns the webhook that is still set. */
  const noteProblem = (webhook: WebhookRecord, problem: string | undefined, answer: WebhookAnswer): void => {
    const now = state.webhook;
    if (now?.url !== webhook.url) return;
    const at = timers.now();
    const goneSince = answer === 410 ? (now.goneSince ?? at) : undefined;
    const lastError = problem === undefined ? now.lastError : { at, message: problem };
    state.webhook = hasLongBeenGone(goneSince, at) ? null : withoutUndefined({ ...now, lastError, goneSince });
  };

  const post = async ({ update }: QueuedUpdate, { url, secretToken }: WebhookRecord): Promise<Outcome> => {
    const late = new AbortController();
    const stopWatch = timers.after(attemptSeconds * 1000, () => late.abort());
    try {
      const response = await deliver(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(secretToken === undefined ? {} : { "x-telegram-bot-api-secret-token": secretToken }),
        },
        body: JSON.stringify(update),
        redirect: "manual",
        signal: AbortSignal.any([late.signal, timers.closing]),
      });
      return await readOutcome(response);
    } catch {
      return late.signal.aborted
        ? { answer: "timeout", problem: "Read timeout expired" }
        : { answer: "unreachable", problem: "Connection refused" };
    } finally {
      stopWatch();
    }
  };

  queue.onAdded(pump);
  return {
    restart: () => {
      tries = new WeakMap();
      pump();
    },
    deliveries,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay.values());
    },
  };
}

const personOf = ({ update }: QueuedUpdate): number | undefined =>
  (
    update.message ??
    update.edited_message ??
    update.my_chat_member ??
    update.callback_query ??
    update.pre_checkout_query
  )?.from.id;
