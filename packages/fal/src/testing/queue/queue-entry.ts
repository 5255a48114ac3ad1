import type { Json, JsonObject, Timestamp } from "@likeness/core";
import type { CompleteBehaviour } from "./behaviours.ts";
import type { Endpoint } from "../models/endpoints.ts";
import type { Origins } from "../wire/origins.ts";

/** What the model answered: the response of the result call. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** Left out of the webhook, as fal does with what it cannot serialise. */
  readonly withheld?: boolean | undefined;
}

export type EntryState =
  | { readonly status: "queued" }
  | { readonly status: "running"; readonly startedAt: Timestamp }
  | {
      readonly status: "finished";
      readonly startedAt: Timestamp;
      readonly finishedAt: Timestamp;
      readonly answer: Answer;
    };

/** An accepted request: from here on fal bills. */
export interface QueueEntry {
  readonly id: string;
  /** As it was posted, sub-path included. */
  readonly endpointId: string;
  /** Owner and app, the path of status, result and cancel. */
  readonly app: string;
  readonly endpoint: Endpoint;
  readonly input: JsonObject;
  readonly webhookUrl?: string | undefined;
  origins: Origins;
  readonly behaviour: CompleteBehaviour;
  readonly steps: number;
  /** Why the model will refuse the input, if it will. */
  readonly objection?: Json | undefined;
  /** `X-Fal-Store-IO: 0` turns it off; then results are short-lived and the history has no payloads. */
  readonly storesPayloads: boolean;
  /** For how many seconds its files are kept; absent: for ever. */
  readonly filesSeconds?: number | undefined;
  readonly submittedAt: Timestamp;
  state: EntryState;
  /** Progress set by hand. */
  pinned?: { readonly step: number; readonly logs: readonly string[] } | undefined;
  /** Set by `control.expire`. */
  expired?: boolean | undefined;
  /** Whether its payloads were deleted. */
  deleted?: boolean | undefined;
}

/** How long it runs. */
export const runSecondsOf = ({ endpoint, behaviour }: QueueEntry): number =>
  endpoint.kind === "generator" ? behaviour.imageSeconds : behaviour.trainingSeconds;

/** fal's name of the state. There is no failed one: see the result. */
export const queueStatus = {
  queued: "IN_QUEUE",
  running: "IN_PROGRESS",
  finished: "COMPLETED",
} as const satisfies Record<EntryState["status"], string>;

/** The three URLs that come with a submit and every status. */
export const entryUrls = ({ origins, app, id }: QueueEntry): Record<string, string> => {
  const base = `${origins.queue}/${app}/requests/${id}`;
  return { response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
};
