import { addSeconds, secondsBetween, type Timestamp } from "@likeness/core";
import { runSecondsOf, type QueueEntry } from "./queue-entry.ts";

interface LogLine {
  readonly message: string;
  readonly timestamp: Timestamp;
  readonly level: "INFO";
  readonly source: "USER";
}

/** Stands for no time at all where something is divided by it. */
const instant = 0.001;

/** What a trainer says before it trains: a bar, and not the training's. */
const download = "flux1-dev.safetensors: 100%|██████████| 23.8G/23.8G [02:11<00:00, 181MB/s]";

/**
 * The log so far: a line per percent of the steps, and the lines set by the control. Lines that were read once stay.
 */
export function logLines(entry: QueueEntry, now: Timestamp): readonly LogLine[] {
  const { state, steps, pinned } = entry;
  if (state.status === "queued") return [];
  const secondsPerStep = runSecondsOf(entry) / steps;
  const line = (message: string, second: number): LogLine => {
    const moment = addSeconds(state.startedAt, second);
    return { message, timestamp: moment < now ? moment : now, level: "INFO", source: "USER" };
  };
  const first = entry.endpoint.kind === "trainer" ? [download, "Preparing the training data"] : [];
  const lines = first.map((message) => line(message, 0));
  const done = stepsDone(entry, now);
  const interval = Math.ceil(steps / 100);
  for (let step = interval; step <= done; step += interval) {
    lines.push(line(`step ${step}/${steps}`, step * secondsPerStep));
  }
  if (pinned && done % interval > 0) lines.push(line(`step ${done}/${steps}`, done * secondsPerStep));
  for (const message of pinned?.logs ?? []) lines.push(line(message, done * secondsPerStep));
  return lines;
}

function stepsDone(entry: QueueEntry, now: Timestamp): number {
  const { state, steps, pinned } = entry;
  if (state.status === "queued") return 0;
  if (state.status === "finished" && state.answer.status === 200) return steps;
  if (pinned) return pinned.step;
  const until = state.status === "finished" ? state.finishedAt : now;
  const share = secondsBetween(state.startedAt, until) / Math.max(runSecondsOf(entry), instant);
  return Math.min(steps - 1, Math.floor(steps * share));
}

/** Requests ahead: counts down while it waits. */
export function queuePosition(entry: QueueEntry, before: number, now: Timestamp): number {
  const { queuePosition: first, queueSeconds } = entry.behaviour;
  if (first === undefined) return before;
  const left = 1 - secondsBetween(entry.submittedAt, now) / Math.max(queueSeconds, instant);
  return Math.max(0, Math.ceil(first * left));
}
