import type { Json, Timestamp } from "@likeness/core";
import type { FalFakeDelivery } from "../webhooks/delivery.ts";

/** A request that the fake has answered, control excepted. Queries are left out, as they may hold tokens. */
export interface FalFakeAnswered {
  readonly type: "request";
  readonly at: Timestamp;
  readonly method: string;
  readonly path: string;
  /** Absent when the connection was reset instead. */
  readonly status?: number | undefined;
  /** Of the queue; absent for other routes and for a submit that was not accepted. */
  readonly requestId?: string | undefined;
  /** e.g. `submit fal-ai/flux-lora-portrait-trainer, 1000 steps`. */
  readonly description: string;
  /** Parsed JSON; `null` for other bodies and none. */
  readonly body: Json;
}

/** An attempt to deliver a webhook, once it was answered or was not. */
export interface FalFakeDelivered extends FalFakeDelivery {
  readonly type: "webhook";
  /** Without its query, which holds the token. */
  readonly url: string;
  /** Exactly as sent. */
  readonly body: string;
}

export type FalFakeActivity = FalFakeAnswered | FalFakeDelivered;

export interface Activities {
  publish(activity: FalFakeActivity): void;
  /** Returns how to unsubscribe. */
  subscribe(listener: (activity: FalFakeActivity) => void): () => void;
}

export function activities(): Activities {
  const listeners = new Set<(activity: FalFakeActivity) => void>();
  return {
    publish: (activity) => {
      for (const listener of listeners) listener(activity);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
