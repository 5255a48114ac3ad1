import { tracingChannel, type TracingChannelSubscribers } from "node:diagnostics_channel";
import { logEvents, type LikenessEvents } from "@likeness/core";
import { recordingLog } from "@likeness/testing";
import { onTestFinished } from "vitest";

const channels = ["order", "job", "provider", "delivery", "message"] as const satisfies (keyof LikenessEvents)[];

/** Every event in each of its phases, as it is then, and every line of `logEvents`, as JSON. */
export function recordTold(): () => readonly string[] {
  const seen: string[] = [];
  const note = (event: object): void => void seen.push(JSON.stringify(event));
  const subscribers: TracingChannelSubscribers<object> = {
    start: note,
    end: note,
    asyncStart: note,
    asyncEnd: note,
    error: note,
  };
  for (const name of channels) {
    const channel = tracingChannel<unknown, object>(`likeness:${name}`);
    channel.subscribe(subscribers);
    onTestFinished(() => channel.unsubscribe(subscribers));
  }
  const lines = recordingLog();
  onTestFinished(logEvents(lines));
  return () => [...seen, ...lines.entries.map((line) => JSON.stringify(line))];
}
