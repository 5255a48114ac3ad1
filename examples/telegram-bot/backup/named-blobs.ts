import type Database from "better-sqlite3";

/** The places where a row names a blob that it needs, as the core asks them before it deletes one. */
const places = [
  "select blob_key from likeness_photo where status = 'accepted'",
  "select blob_key from likeness_picture",
  `select blob_key from likeness_order_blob as named join likeness_order on likeness_order.id = order_id
    where named.use = 'outcome' or status in ('requested', 'submitting', 'submitted', 'unknown')`,
] as const;

/** The keys of all blobs that rows of a database need; a key may come more than once. */
export function* namedBlobs(database: Database.Database): Generator<string> {
  for (const place of places)
    for (const row of database.prepare<[], { blob_key: string }>(place).iterate()) yield row.blob_key;
}

/** Whether a row needs a blob. */
export function blobNaming(database: Database.Database): (key: string) => boolean {
  const statements = places.map((place) => database.prepare(`select 1 from (${place}) where blob_key = ? limit 1`));
  return (key) => statements.some((statement) => statement.get(key) !== undefined);
}
