import type { Log } from "@likeness/core";

export interface KeptLog {
  readonly log: Log;
  readonly lines: readonly (readonly [level: keyof Log, fields: unknown, message: string])[];
}

/** A log that keeps what it is told. */
export function keptLog(): KeptLog {
  const lines: [keyof Log, unknown, string][] = [];
  const at = (level: keyof Log) => (fields: unknown, message: string) => void lines.push([level, fields, message]);
  return { lines, log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") } };
}
