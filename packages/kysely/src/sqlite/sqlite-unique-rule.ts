import type { UniqueRule } from "@likeness/core";

/** The columns of each unique index, as SQLite names them in its message, and the rule that they keep. */
const rules = {
  "avatar.owner_id": "avatar-main",
  "photo.avatar_id, photo.number": "photo-number",
  "photo.avatar_id, photo.reference_key": "photo-reference",
  "photo.avatar_id, photo.sha256": "photo-sha256",
  "training.avatar_id": "training-active",
  "training.idempotency_key": "training-key",
  "training.provider, training.request_id": "training-request",
  "generation.idempotency_key": "generation-key",
  "generation.provider, generation.request_id": "generation-request",
} as const satisfies Record<string, UniqueRule>;

/** The rule that a failed statement broke: `UNIQUE constraint failed: photo.avatar_id, photo.number`. */
export function sqliteUniqueRule(cause: unknown): UniqueRule | undefined {
  if (!(cause instanceof Error)) return undefined;
  const [, columns = ""] = /^UNIQUE constraint failed: (.+)$/.exec(cause.message) ?? [];
  return isRuled(columns) ? rules[columns] : undefined;
}

const isRuled = (columns: string): columns is keyof typeof rules => Object.hasOwn(rules, columns);
