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
export function sqliteUniqueIndex(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  const [, columns = ""] = /^UNIQUE constraint failed: (.+)$/.exec(cause.message) ?? [];
  return indexes.get(columns);
}
