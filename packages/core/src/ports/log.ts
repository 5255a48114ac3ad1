type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** Has the shape of pino, so that a pino logger fits. Never receives secrets, tokens or file URLs. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  /** Something an operator has to look at. */
  error: Write;
}

const nothing: Write = () => undefined;

/** Discards everything. The default. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
