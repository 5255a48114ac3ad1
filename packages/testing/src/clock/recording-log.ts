import type { Log } from "@likeness/core";

export interface LogEntry {
  readonly level: keyof Log;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface RecordingLog extends Log {
  /** Everything that was logged, oldest first. */
  readonly entries: readonly LogEntry[];
}

/** A log whose lines a test can check, e.g. for a secret that must not be logged. */
export function recordingLog(): RecordingLog {
  const entries: LogEntry[] = [];
  const at =
    (level: keyof Log): Log[keyof Log] =>
    (fields, message) => {
      entries.push({ level, fields, message });
    };
  return { entries, debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
