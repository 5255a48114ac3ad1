import { okAsync } from "neverthrow";
import type { Alarms } from "../ports/alarms.ts";
import type { Log } from "../ports/log.ts";

/** Alarms as lines of the log. Every deployment has these. */
export const logAlarms = (log: Pick<Log, "error" | "info">): Alarms => ({
  name: "log",
  tell: ({ id: alarm, type, cause, since, until, facts, text }) => {
    if (type === "begun") log.error({ alarm, cause, since, facts, text }, "an alarm has begun");
    else log.info({ alarm, cause, since, until, facts, text }, "an alarm is over");
    return okAsync(undefined);
  },
});
