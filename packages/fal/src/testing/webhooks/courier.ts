import { addSeconds, type Timestamp } from "@likeness/core";
import type { Timers } from "../queue/timers.ts";
import type { Activities } from "../wire/activities.ts";
import {
  attemptSeconds,
  isWorthRetrying,
  mostAttempts,
  pauseSeconds,
  retentionSeconds,
  type WebhookAnswer,
} from "./webhook-schedule.ts";

/** One attempt to deliver a webhook, and what came of it. */
export interface FalFakeDelivery {
  readonly requestId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly at: Timestamp;
  /** The status code, or why there is none. */
  readonly answer: WebhookAnswer;
}

/** A webhook on its way. */
export interface Parcel {
  readonly requestId: string;
  readonly url: string;
  readonly body: string;
  /** Called for each attempt: every one is signed anew, as its timestamp has to be fresh. */
  headers(): Record<string, string>;
}

export interface Courier {
  readonly deliveries: readonly FalFakeDelivery[];
  /** One attempt, never repeated. */
  post(parcel: Parcel, attempt?: number): Promise<WebhookAnswer>;
  /** The first attempt; others follow by themselves while they are worth it and the result is kept. */
  deliver(parcel: Parcel): Promise<WebhookAnswer>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/** Carries webhooks by fal's rules, but also to loopback addresses, which fal drops. */
export function courier(timers: Timers, send: typeof fetch, publish: Activities["publish"]): Courier {
  const deliveries: FalFakeDelivery[] = [];
  const underWay = new Set<Promise<unknown>>();

  const call = async ({ url, body, headers }: Parcel, attempt: number): Promise<WebhookAnswer> => {
    if (timers.closing.aborted) return "unreachable";
    const late = new AbortController();
    const stopWatch = timers.after(attemptSeconds(attempt), () => late.abort());
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

  const post: Courier["post"] = async (parcel, attempt = 1) => {
    const at = timers.now();
    const calling = call(parcel, attempt);
    underWay.add(calling);
    const answer = await calling;
    underWay.delete(calling);
    const delivery = { requestId: parcel.requestId, attempt, at, answer };
    deliveries.push(delivery);
    publish({ type: "webhook", ...delivery, url: withoutQuery(parcel.url), body: parcel.body });
    return answer;
  };

  const keepTrying = async (parcel: Parcel, attempt: number, until: Timestamp): Promise<WebhookAnswer> => {
    const answer = await post(parcel, attempt);
    const pause = pauseSeconds(attempt);
    const again = isWorthRetrying(answer) && attempt < mostAttempts && addSeconds(timers.now(), pause) < until;
    if (again) timers.after(pause, () => void keepTrying(parcel, attempt + 1, until));
    return answer;
  };

  return {
    deliveries,
    post,
    deliver: (parcel) => {
      const bytes = Buffer.byteLength(parcel.body);
      return keepTrying(parcel, 1, addSeconds(timers.now(), retentionSeconds(bytes)));
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Tokens travel in queries. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");
