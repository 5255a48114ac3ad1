/** The columns of each unique index, which are all that SQLite's message names. */
const indexes = new Map([
  ["avatar.owner_id", "avatar_main"],
  ["photo.avatar_id, photo.number", "photo_number"],
  ["photo.avatar_id, photo.reference_key", "photo_reference"],
  ["photo.avatar_id, photo.sha256", "photo_sha256"],
  ["training.avatar_id", "training_active"],
  ["training.idempotency_key", "training_key"],
  ["training.provider, training.request_id", "training_request"],
  ["generation.idempotency_key", "generation_key"],
  ["generation.provider, generation.request_id", "generation_request"],
]);

/** The unique index that refused a statement: `UNIQUE constraint failed: photo.avatar_id, photo.number`. */
export function sqliteUniqueIndex(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const [, columns = ""] = /^UNIQUE constraint failed: (.+)$/.exec(cause.message) ?? [];
  return indexes.get(columns);
}
