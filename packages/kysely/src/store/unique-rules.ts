import type { UniqueRule } from "@likeness/core";
import { postgresUniqueIndex } from "../postgres/postgres-unique-index.ts";
import { sqliteUniqueIndex } from "../sqlite/sqlite-unique-index.ts";

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
