import type { Log } from "../ports/log.ts";
import type { LikenessEvents } from "./events.ts";
import { listen } from "./listen.ts";

const messages = {
  job: "a job was run",
  provider: "the provider was called",
  delivery: "a webhook was received",
  message: "a message was tried",
} as const satisfies Partial<Record<keyof LikenessEvents, string>>;

/**
 * Logs every job, call of the provider, webhook and attempt to send a message at `debug`, with ids, outcome and
 * duration. The core itself logs what has changed at `info`. Returns a function that stops it.
 *
 * @example
 * const stopLogging = logEvents({ ...silentLog, debug: (fields, message) => console.debug(message, fields) });
 * stopLogging();
 */
export const logEvents = (log: Log): (() => void) => {
  const line = (message: string) => ({ end: (event: object) => log.debug({ ...event }, message) });
  return listen(
    {
      job: line(messages.job),
      provider: line(messages.provider),
      message: line(messages.message),
      delivery: {
        // A settled one is a line at `info` already.
        end: (event) => event.step === "receive" && log.debug({ ...event }, messages.delivery),
      },
    },
    (cause) => log.warn({ err: cause }, "an event could not be logged"),
  );
};
