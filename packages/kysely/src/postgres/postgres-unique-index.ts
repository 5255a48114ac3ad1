import { sqlState } from "./sql-state.ts";

const uniqueViolation = "23505";

/** The name of the unique index that refused a statement. */
export function postgresUniqueIndex(cause: unknown): string | undefined {
  if (sqlState(cause) !== uniqueViolation) return undefined;
  return cause instanceof Error && "constraint" in cause && typeof cause.constraint === "string"
    ? cause.constraint
    : undefined;
}
