import type { UniqueRule } from "@likeness/core";
import { sqlState } from "../postgres/interruption.ts";

/** The unique indexes of the tables, and the rules that they enforce. */
const rules = {
  likeness_avatar_main: "avatar-main",
  likeness_photo_number: "photo-number",
  likeness_photo_reference: "photo-reference",
  likeness_photo_sha256: "photo-sha256",
  likeness_order_key: "order-key",
  likeness_order_request: "order-request",
  likeness_order_training: "training-active",
} as const satisfies Record<string, UniqueRule>;

/** The rule that a failed statement broke. */
export function brokenRule(cause: unknown): UniqueRule | undefined {
  const index = sqliteUniqueIndex(cause) ?? postgresUniqueIndex(cause);
  return index !== undefined && isRuled(index) ? rules[index] : undefined;
}

const isRuled = (index: string): index is keyof typeof rules => Object.hasOwn(rules, index);

const uniqueViolation = "23505";

/** The name of the unique index that refused a statement. */
function postgresUniqueIndex(cause: unknown): string | undefined {
  if (sqlState(cause) !== uniqueViolation) return undefined;
  return cause instanceof Error && "constraint" in cause && typeof cause.constraint === "string"
    ? cause.constraint
    : undefined;
}

/** The columns of each unique index: SQLite's message names them and not the index. */
const indexes = new Map([
  ["likeness_avatar.owner_id", "likeness_avatar_main"],
  ["likeness_photo.avatar_id, likeness_photo.number", "likeness_photo_number"],
  ["likeness_photo.avatar_id, likeness_photo.reference_key", "likeness_photo_reference"],
  ["likeness_photo.avatar_id, likeness_photo.sha256", "likeness_photo_sha256"],
  ["likeness_order.avatar_id", "likeness_order_training"],
  ["likeness_order.idempotency_key", "likeness_order_key"],
  ["likeness_order.provider, likeness_order.request_id", "likeness_order_request"],
]);

/**
 * The unique index that refused a statement: `UNIQUE constraint failed: likeness_photo.avatar_id,
 * likeness_photo.number`.
 */
function sqliteUniqueIndex(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const [, columns = ""] = /^UNIQUE constraint failed: (.+)$/.exec(cause.message) ?? [];
  return indexes.get(columns);
}
