import { addSeconds, type Timestamp } from "@likeness/core";
import type { Timers } from "../queue/timers.ts";
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
export interface Letter {
  readonly requestId: string;
  readonly url: string;
  readonly body: string;
}

/** A webhook on its way. */
export interface Parcel extends Letter {
  /** Called for each attempt: every one is signed anew, as its timestamp has to be fresh. */
  headers(): Record<string, string>;
}

/** The next attempt of a delivery. */
export interface Shipment {
  readonly parcel: Parcel;
  readonly attempt: number;
  readonly due: Timestamp;
  /** No attempt is made again after that. */
  readonly until: Timestamp;
}

export interface Courier {
  readonly deliveries: readonly FalFakeDelivery[];
  /** One attempt, never repeated. */
  post(parcel: Parcel, attempt?: number): Promise<WebhookAnswer>;
  /** The first attempt; others follow by themselves while they are worth it and the result is kept. */
  deliver(parcel: Parcel): Promise<WebhookAnswer>;
  /** Makes this attempt when it is due, and those that follow. */
  schedule(shipment: Shipment): void;
  /** What is not delivered and not given up: due later, or under way. */
  waiting(): readonly Shipment[];
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

/** Carries webhooks by fal's rules, but also to loopback addresses, which fal drops. */
export function courier(timers: Timers, send: typeof fetch, publish: Activities["publish"]): Courier {
  const deliveries: FalFakeDelivery[] = [];
  const waiting = new Set<Shipment>();
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

  const keepTrying = async (shipment: Shipment): Promise<WebhookAnswer> => {
    const { parcel, attempt, until } = shipment;
    waiting.add(shipment);
    const answer = await post(parcel, attempt);
    waiting.delete(shipment);
    const due = addSeconds(timers.now(), pauseSeconds(attempt));
    const again = isWorthRetrying(answer) && attempt < mostAttempts && due < until;
    if (again) schedule({ parcel, attempt: attempt + 1, due, until });
    return answer;
  };

  const schedule = (shipment: Shipment): void => {
    waiting.add(shipment);
    timers.at(shipment.due, () => void keepTrying(shipment));
  };

  return {
    deliveries,
    post,
    deliver: (parcel) => keepTrying(firstAttempt(parcel, timers.now())),
    schedule,
    waiting: () => [...waiting],
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

export const firstAttempt = (parcel: Parcel, due: Timestamp): Shipment => {
  const until = addSeconds(due, retentionSeconds(Buffer.byteLength(parcel.body)));
  return { parcel, attempt: 1, due, until };
};

/** Tokens travel in queries. */
const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");
