import type { Json, JsonObject } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import type { Activities, FalFakeActivity } from "../wire/activities.ts";
import type { Behaviours, FalFakeBehaviour, FalFakeOutcome } from "../queue/behaviours.ts";
import type { RouteName } from "../wire/call.ts";
import type { Courier } from "../webhooks/courier.ts";
import type { FalFakeDelivery } from "../webhooks/delivery.ts";
import type { FalFakeFault, Faults } from "../wire/faults.ts";
import { forge, type FalForgery } from "../webhooks/forge.ts";
import type { Keyring } from "../webhooks/keyring.ts";
import type { ListingChange } from "../platform/models-route.ts";
import type { PlatformSwitches } from "../platform/platform-routes.ts";
import { queueStatus, type QueueEntry } from "../queue/queue-entry.ts";
import type { Runs } from "../queue/runs.ts";
import type { FileStore } from "../storage/file-store.ts";
import { webhookBody } from "../webhooks/webhook-body.ts";
import type { WebhookAnswer } from "../webhooks/webhook-schedule.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

/** A submit that was accepted, so one that fal bills. */
export interface FalFakeAccepted {
  readonly requestId: string;
  readonly endpoint: string;
  readonly input: JsonObject;
  readonly webhookUrl?: string | undefined;
  readonly status: (typeof queueStatus)[keyof typeof queueStatus];
}

/**
 * Makes the fake behave. The same over HTTP: `POST /_control/<command>` with the named values as JSON. Unknown request
 * ids and requests that cannot do what is asked (no webhook URL) throw; over HTTP they are 400 with `error`.
 */
export interface FalFakeControl {
  /** The behaviour of the next submit; a second call sets that of the submit after it. Returns how to take it back. */
  next(behaviour: FalFakeBehaviour): () => void;
  /** The behaviour of all further submits; `always({})` is the normal one again. */
  always(behaviour: FalFakeBehaviour): void;
  /** Makes the next `times` requests to a route fail. Default: once. */
  fault(on: RouteName, fault: FalFakeFault, times?: number): void;
  /** Whether the key set can be fetched. */
  jwks(state: PlatformSwitches["jwks"]): void;
  /** Signs with a new key from now on; the old one leaves the key set. */
  rotate(): void;
  /** Which requests the by-endpoint list shows. fal does not say whether running ones appear; default `finished`. */
  history(shows: PlatformSwitches["history"]): void;
  /** US dollars that are left on the account; absent, as at the start: the key may not read them. */
  balance(dollars?: number): void;
  /** What fal's list of models says about an endpoint from now on. */
  list(endpoint: string, change: ListingChange): void;

  /** Ends a job now, `never` ones too. Resolves when the webhook (those that leave at once) was answered. */
  finish(requestId: string, outcome?: FalFakeOutcome): Promise<void>;
  /** Starts the job if it waits, and holds its progress at a step; `logs` are added to the log as they are. */
  setProgress(requestId: string, step: number, logs?: readonly string[]): void;
  /** Forgets the result, as fal does after a while: the status stays COMPLETED, the result is 404. */
  expire(requestId: string): void;
  /** Deletes the files that a request yielded, e.g. the weights of a training: their links are gone. */
  deleteFiles(requestId: string): void;

  /** Sends the webhook of a request once more, or with another outcome. Resolves with what the receiver answered. */
  deliverAgain(requestId: string, outcome?: FalFakeOutcome): Promise<WebhookAnswer>;
  /** Sends any body to the webhook URL of a request, validly signed. */
  send(requestId: string, body: Json): Promise<WebhookAnswer>;
  /** Sends webhooks that are held, in this order. Default: all, as they came. */
  release(requestIds?: readonly string[]): Promise<void>;
  /** Sends a forged webhook, once. `token-of-another` takes the token of `otherRequestId`. */
  forge(requestId: string, kind: FalForgery, otherRequestId?: string): Promise<WebhookAnswer>;

  accepted(): readonly FalFakeAccepted[];
  /** Every attempt to deliver a webhook. */
  deliveries(): readonly FalFakeDelivery[];
  /** Tells of every request and every webhook once it is answered. Returns how to unsubscribe. Not over HTTP. */
  subscribe(listener: (activity: FalFakeActivity) => void): () => void;
}

export interface ControlOptions {
  readonly behaviours: Behaviours;
  readonly faults: Faults;
  readonly switches: PlatformSwitches;
  readonly keys: Keyring;
  readonly runs: Runs;
  readonly files: FileStore;
  readonly webhooks: Webhooks;
  readonly courier: Courier;
  readonly timers: Timers;
  readonly activities: Activities;
  readonly userId: string;
}

export function control(options: ControlOptions): FalFakeControl {
  const { behaviours, faults, switches, keys, runs, files, webhooks, courier, timers, userId } = options;

  const entryOf = (requestId: string): QueueEntry => {
    const entry = runs.find(requestId);
    if (!entry) throw new Error(`No request ${requestId} was accepted`);
    return entry;
  };

  return {
    next: behaviours.next,
    always: behaviours.always,
    fault: (on, fault, times = 1) => faults.add(on, fault, times),
    jwks: (state) => void (switches.jwks = state),
    rotate: keys.rotate,
    history: (shows) => void (switches.history = shows),
    balance: (dollars) => void (switches.balance = dollars),
    list: (endpoint, change) => void (switches.listing = { ...switches.listing, [endpoint]: change }),

    finish: async (requestId, outcome) => runs.finish(entryOf(requestId), outcome),
    setProgress: (requestId, step, logs = []) => runs.pin(entryOf(requestId), { step, logs }),
    expire: (requestId) => void (entryOf(requestId).expired = true),
    deleteFiles: (requestId) => void files.deleteOutputOf(entryOf(requestId).id),

    deliverAgain: async (requestId, outcome) => {
      const entry = entryOf(requestId);
      return webhooks.send(entry, webhookBody(entry.id, runs.answerFor(entry, outcome)));
    },
    send: async (requestId, body) => webhooks.send(entryOf(requestId), body),
    release: webhooks.release,
    forge: async (requestId, kind, otherRequestId) => {
      const entry = entryOf(requestId);
      const answer = runs.answerFor(entry, "ok");
      const otherUrl = otherRequestId === undefined ? undefined : entryOf(otherRequestId).webhookUrl;
      const timestamp = Math.floor(Date.parse(timers.now()) / 1000);
      return courier.post(forge({ kind, entry, keys, answer, otherUrl, userId, timestamp }));
    },

    accepted: () =>
      runs.all().map(({ id, endpointId, input, webhookUrl, state }) => ({
        requestId: id,
        endpoint: endpointId,
        input,
        webhookUrl,
        status: queueStatus[state.status],
      })),
    deliveries: () => courier.deliveries,
    subscribe: options.activities.subscribe,
  };
}
