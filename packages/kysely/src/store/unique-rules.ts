import type { UniqueRule } from "@likeness/core";
import { postgresUniqueIndex } from "../postgres/postgres-unique-index.ts";
import { sqliteUniqueIndex } from "../sqlite/sqlite-unique-index.ts";

/** The unique indexes of the tables, and the rules that they keep. */
const rules = {
  avatar_main: "avatar-main",
  photo_number: "photo-number",
  photo_reference: "photo-reference",
  photo_sha256: "photo-sha256",
  training_active: "training-active",
  training_key: "training-key",
  training_request: "training-request",
  generation_key: "generation-key",
  generation_request: "generation-request",
} as const satisfies Record<string, UniqueRule>;

/** The rule that a failed statement broke. */
export function brokenRule(cause: unknown): UniqueRule | undefined {
  const index = sqliteUniqueIndex(cause) ?? postgresUniqueIndex(cause);
  return index !== undefined && isRuled(index) ? rules[index] : undefined;
}

const isRuled = (index: string): index is keyof typeof rules => Object.hasOwn(rules, index);
