import { destination as openDestination, pino, stdTimeFunctions, type LevelWithSilent, type Logger } from "pino";

export interface LogOptions {
  readonly level: LevelWithSilent;
  /** Removes secrets from a line. */
  scrub(line: string): string;
}

/** One JSON line per event on stdout, written synchronously, so that a crash loses none. */
export function openLog({ level, scrub }: LogOptions): Logger {
  const stdout = openDestination({ dest: 1, sync: true });
  const formatters = { level: (label: string) => ({ level: label }) };
  return pino(
    { level, base: null, timestamp: stdTimeFunctions.isoTime, formatters },
    { write: (line) => void stdout.write(scrub(line)) },
  );
}
