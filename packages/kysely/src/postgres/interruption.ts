/**
 * What a temporary failure left of the work. `undone`: nothing was committed. `lost`: the connection ended, so an open
 * transaction was rolled back, but a commit that was sent may have succeeded.
 */
export type Interruption = "undone" | "lost";

/** By the class or the whole code. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const bySqlState: Readonly<Record<string, Interruption>> = {
  "40001": "undone", // serialization_failure
  "40P01": "undone", // deadlock_detected
  "57P01": "lost", // admin_shutdown
  "57P02": "lost", // crash_shutdown
  "57P03": "undone", // cannot_connect_now
  "08001": "undone", // sqlclient_unable_to_establish_sqlconnection
  "08004": "undone", // sqlserver_rejected_establishment_of_sqlconnection
  "08": "lost", // connection_exception
};

/** Codes of Node. */
const bySystemCode: Readonly<Record<string, Interruption>> = { ECONNRESET: "lost", EPIPE: "lost" };

/** Errors of `pg` that have no code. */
const byMessage: Readonly<Record<string, Interruption>> = {
  "Connection terminated unexpectedly": "lost",
  // The error of a statement that was not sent.
  "Client has encountered a connection error and is not queryable": "undone",
};

/** How a temporary failure interrupted the work; `undefined` for any other error. */
export function interruptionOf(cause: unknown): Interruption | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (isPlanOutdated(cause)) return "undone";
  const state = sqlState(cause) ?? "";
  return bySqlState[state] ?? bySqlState[state.slice(0, 2)] ?? bySystem(cause) ?? byMessage[cause.message];
}

/** While a server restarts, it does not listen; a Unix socket is missing. */
function bySystem({ code, syscall }: NodeJS.ErrnoException): Interruption | undefined {
  if (syscall === "connect" || code === "ECONNREFUSED") return "undone";
  return code === undefined ? undefined : bySystemCode[code];
}

/**
 * Whether a prepared statement was refused because its table has got a column since. By the function of PostgreSQL that
 * does so: the code has many reasons, and the message is in the server's language.
 */
export const isPlanOutdated = (cause: unknown): boolean =>
  cause instanceof Error && "routine" in cause && cause.routine === "RevalidateCachedQuery";

/** The five-character error code of PostgreSQL. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const sqlState = (cause: unknown): string | undefined => {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
};
