import { tracingChannel, type TracingChannelSubscribers } from "node:diagnostics_channel";
import { logEvents, type LikenessEvents } from "@likeness/core";
import { recordingLog } from "./recording-log.ts";

export interface RecordingEvents {
  /** Every event in each of its phases, as it was then, and every line of `logEvents`, as JSON. */
  lines(): readonly string[];
  /** Nothing is recorded any more. */
  stop(): void;
}

const channels = ["order", "job", "provider", "delivery", "message"] as const satisfies (keyof LikenessEvents)[];

/**
 * Records what anybody's listeners get, of all of Likeness in this process, e.g. to search it for a secret.
 *
 * @example
 * const events = recordingEvents();
 * const lines = events.lines().filter((line) => line.includes("secret"));
 * events.stop();
 * console.log(lines); // []
 */
export function recordingEvents(): RecordingEvents {
  const seen: string[] = [];
  const note = (event: object): void => void seen.push(JSON.stringify(event));
  const subscribers: TracingChannelSubscribers<object> = {
    start: note,
    end: note,
    asyncStart: note,
    asyncEnd: note,
    error: note,
  };
  const traced = channels.map((name) => tracingChannel<unknown, object>(`likeness:${name}`));
  for (const channel of traced) channel.subscribe(subscribers);
  const log = recordingLog();
  const stopLog = logEvents(log);
  return {
    lines: () => [...seen, ...log.entries.map((line) => JSON.stringify(line))],
    stop: () => {
      for (const channel of traced) channel.unsubscribe(subscribers);
      stopLog();
    },
  };
}
