import { addSeconds, type Timestamp } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import type { Activities } from "../wire/activities.ts";
import type { FalFakeDelivery } from "./delivery.ts";
import {
  attemptSeconds,
  isWorthRetrying,
  mostAttempts,
  pauseSeconds,
  retentionSeconds,
  type WebhookAnswer,
} from "./webhook-schedule.ts";

/** What a webhook says to whom. */
export interface Webhook {
  readonly requestId: string;
  readonly url: string;
  readonly body: string;
}

/** A webhook on its way. */
export interface SignedWebhook extends Webhook {
  /** Called for each attempt, because each is signed with the current time. */
  headers(): Record<string, string>;
}

/** The next attempt of a delivery. */
export interface PendingDelivery {
  readonly webhook: SignedWebhook;
  readonly attempt: number;
  readonly due: Timestamp;
  /** No attempt is made again after that. */
  readonly until: Timestamp;
}

export interface Courier {
  readonly deliveries: readonly FalFakeDelivery[];
  /** One attempt, never repeated. */
  post(webhook: SignedWebhook, attempt?: number): Promise<WebhookAnswer>;
  /** The first attempt; others follow by themselves while they are worth it and the result is kept. */
  deliver(webhook: SignedWebhook): Promise<WebhookAnswer>;
  /** Makes this attempt when it is due, and those that follow. */
  schedule(pending: PendingDelivery): void;
  /** The deliveries that are due later or under way. */
  waiting(): readonly PendingDelivery[];
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/** Carries webhooks by fal's rules, but also to loopback addresses, which fal drops. */
export function courier(timers: Timers, send: typeof fetch, publish: Activities["publish"]): Courier {
  const deliveries: FalFakeDelivery[] = [];
  const waiting = new Set<PendingDelivery>();
  const underWay = new Set<Promise<unknown>>();

  const call = async ({ url, body, headers }: SignedWebhook, attempt: number): Promise<WebhookAnswer> => {
    if (timers.closing.aborted) return "unreachable";
    const late = new AbortController();
    const stopWatch = timers.after(attemptSeconds(attempt) * 1000, () => late.abort());
    const signal = AbortSignal.any([late.signal, timers.closing]);
    try {
      const init = { method: "POST", headers: headers(), body, redirect: "manual", signal } as const;
      const response = await send(url, init);
      await response.body?.cancel();
      return response.status;
    } catch {
      return late.signal.aborted ? "timeout" : "unreachable";
    } finally {
      stopWatch();
    }
  };

  const post: Courier["post"] = async (webhook, attempt = 1) => {
    const at = timers.now();
    const calling = call(webhook, attempt);
    underWay.add(calling);
    const answer = await calling;
    underWay.delete(calling);
    const delivery = { requestId: webhook.requestId, attempt, at, answer };
    deliveries.push(delivery);
    publish({ type: "webhook", ...delivery, url: withoutQuery(webhook.url), body: webhook.body });
    return answer;
  };

  const keepTrying = async (pending: PendingDelivery): Promise<WebhookAnswer> => {
    const { webhook, attempt, until } = pending;
    waiting.add(pending);
    const answer = await post(webhook, attempt);
    waiting.delete(pending);
    const due = addSeconds(timers.now(), pauseSeconds(attempt));
    const again = isWorthRetrying(answer) && attempt < mostAttempts && due < until;
    if (again) schedule({ webhook, attempt: attempt + 1, due, until });
    return answer;
  };

  const schedule = (pending: PendingDelivery): void => {
    waiting.add(pending);
    timers.at(pending.due, () => void keepTrying(pending));
  };

  return {
    deliveries,
    post,
    deliver: (webhook) => keepTrying(firstAttempt(webhook, timers.now())),
    schedule,
    waiting: () => [...waiting],
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

export const firstAttempt = (webhook: SignedWebhook, due: Timestamp): PendingDelivery => {
  const until = addSeconds(due, retentionSeconds(Buffer.byteLength(webhook.body)));
  return { webhook, attempt: 1, due, until };
};

/** Tokens travel in queries. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");
