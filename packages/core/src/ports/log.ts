type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** Shaped like pino, so that a pino logger is one. Never given secrets, tokens or file URLs. */
export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  /** Something an operator has to look at. */
  error: Write;
}

const nothing: Write = () => undefined;

/** Says nothing. The default. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
