import { randomUUID } from "node:crypto";
import { addSeconds, type Json } from "@likeness/core";
import type { Timers } from "@likeness/fake-server/timers";
import type { FalFakeOutcome } from "./behaviours.ts";
import { contentViolation, unreadableWeights } from "../models/refused-content.ts";
import { issue } from "../wire/call.ts";
import type { Origins } from "../wire/origins.ts";
import type { FileStore, Publish } from "../storage/file-store.ts";
import { findEndpoint } from "../models/endpoints.ts";
import { objectionTo, stepsOf } from "../models/objection-to.ts";
import { pictureOutput } from "../models/picture-output.ts";
import { runSecondsOf, type Answer, type QueueEntry } from "./queue-entry.ts";
import { trainingOutput } from "../models/training-output.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";

type Order = Pick<
  QueueEntry,
  | "endpointId"
  | "app"
  | "endpoint"
  | "input"
  | "webhookUrl"
  | "origins"
  | "behaviour"
  | "storesPayloads"
  | "filesSeconds"
>;

/** An accepted request as a snapshot holds it: the endpoint is found again by its id. */
export type KeptEntry = Omit<QueueEntry, "endpoint">;

/** The queue itself: accepted requests and their outcomes. */
export interface Runs {
  /** In the order of acceptance. */
  all(): readonly QueueEntry[];
  find(id: string): QueueEntry | undefined;
  /** How many requests to the same endpoint are in the queue before it. */
  waitingBefore(entry: QueueEntry): number;
  accept(order: Order): QueueEntry;
  /** Ends a job now, if it has not ended; resolves when the webhooks that leave at once were answered. */
  finish(entry: QueueEntry, outcome?: FalFakeOutcome): Promise<void>;
  cancel(entry: QueueEntry): "requested" | "too-late";
  /** Starts it if it waits, and holds its progress there. */
  pin(entry: QueueEntry, progress: NonNullable<QueueEntry["pinned"]>): void;
  /** What the model answered; for another outcome, or before the end, what it would answer. */
  answerFor(entry: QueueEntry, outcome?: FalFakeOutcome): Answer;
  snapshot(): readonly KeptEntry[];
  /** Goes on with what was kept. URLs that are handed out lead to these origins from now on. */
  resume(origins: Origins): void;
}

export function runs(timers: Timers, files: FileStore, webhooks: Webhooks, kept: readonly KeptEntry[] = []): Runs {
  const entries = new Map<string, QueueEntry>();
  for (const entry of kept) {
    const endpoint = findEndpoint(entry.endpointId);
    if (endpoint) entries.set(entry.id, { ...entry, endpoint });
  }

  /** Deterministic, so that repeated requests get the same output. */
  const outputOf = (entry: QueueEntry): Json => {
    const { id, endpoint, filesSeconds, state } = entry;
    const madeAt = state.status === "finished" ? state.finishedAt : timers.now();
    const expiresAt = filesSeconds === undefined ? undefined : addSeconds(madeAt, filesSeconds);
    const publish: Publish = (file, content) => files.publish(id, { ...file, expiresAt }, content);
    return endpoint.kind === "trainer"
      ? trainingOutput(entry, endpoint, publish)
      : pictureOutput(entry, endpoint, files, publish);
  };

  const answerFor: Runs["answerFor"] = (entry, wanted) => {
    if (!wanted && entry.state.status === "finished") return entry.state.answer;
    const outcome = wanted ?? entry.behaviour.outcome;
    if (entry.objection) return { status: 422, body: { detail: entry.objection } };
    const refusal = refusals[outcome];
    if (refusal !== undefined) return { status: 422, body: { detail: [refusal] } };
    if (outcome === "error-without-payload")
      return { status: 500, body: { detail: "Internal Server Error" }, withheld: true };
    return { status: 200, body: outputOf(entry), withheld: outcome === "ok-without-payload" };
  };

  const end = (entry: QueueEntry, answer: Answer): void => {
    const finishedAt = timers.now();
    const startedAt = entry.state.status === "running" ? entry.state.startedAt : finishedAt;
    entry.state = { status: "finished", startedAt, finishedAt, answer };
  };

  const finish: Runs["finish"] = async (entry, outcome) => {
    if (entry.state.status === "finished") return;
    const answer = answerFor(entry, outcome);
    end(entry, answer);
    await webhooks.announce(entry, answer);
  };

  const start = (entry: QueueEntry, startedAt = timers.now()): void => {
    if (entry.state.status !== "queued") return;
    if (entry.objection) void finish(entry);
    else entry.state = { status: "running", startedAt };
  };

  const schedule = (entry: QueueEntry): void => {
    const { queueSeconds, outcome } = entry.behaviour;
    const startsAt = addSeconds(entry.submittedAt, queueSeconds);
    timers.at(startsAt, () => start(entry, startsAt));
    if (outcome !== "never") timers.at(addSeconds(startsAt, runSecondsOf(entry)), () => void finish(entry));
  };

  return {
    all: () => [...entries.values()],
    find: (id) => entries.get(id),
    waitingBefore: (entry) =>
      [...entries.values()]
        .filter(({ state, endpointId }) => state.status === "queued" && endpointId === entry.endpointId)
        .findIndex(({ id }) => id === entry.id),
    accept: (order) => {
      const entry: QueueEntry = {
        ...order,
        id: randomUUID(),
        steps: stepsOf(order.input, order.endpoint),
        objection: objectionTo(order.input, order.endpoint, files),
        submittedAt: timers.now(),
        state: { status: "queued" },
      };
      entries.set(entry.id, entry);
      schedule(entry);
      return entry;
    },
    finish,
    cancel: (entry) => {
      if (entry.state.status === "finished") return "too-late";
      if (entry.behaviour.cancel === "stops") end(entry, cancelled);
      return "requested";
    },
    pin: (entry, progress) => {
      if (progress.step > entry.steps) throw new Error(`It has ${entry.steps} steps only`);
      start(entry);
      entry.pinned = progress;
    },
    answerFor,
    snapshot: () => [...entries.values()].map(({ endpoint: _endpoint, ...entry }) => entry),
    resume: (origins) => {
      for (const entry of entries.values()) {
        entry.origins = origins;
        entry.state = JSON.parse(files.relocate(JSON.stringify(entry.state), origins.files));
        if (entry.state.status !== "finished") schedule(entry);
      }
    },
  };
}

/** What a model objects to in the end, by outcome. */
const refusals: Readonly<Partial<Record<FalFakeOutcome, Json>>> = {
  error: issue(["body"], "Training failed: could not learn from the images", "value_error"),
  "content-blocked": contentViolation,
  "input-gone": unreadableWeights,
};

/** Whether fal announces a cancelled job is not documented; the fake does not. */
const cancelled: Answer = {
  status: 499,
  body: { detail: "Request was cancelled by the client", error_type: "client_cancelled" },
};
