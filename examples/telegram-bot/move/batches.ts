/** A statement of PostgreSQL takes 65,535 values, and the widest table has about fifty columns. */
const mostRows = 200;

/** Characters of text, so that a batch of large rows stays small in memory. */
const mostText = 1_000_000;

/** Rows in groups of the size of one statement. */
export async function* batches<Row extends object>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let text = 0;
  for await (const row of rows) {
    batch.push(row);
    for (const value of Object.values(row)) if (typeof value === "string") text += value.length;
    if (batch.length < mostRows && text < mostText) continue;
    yield batch;
    batch = [];
    text = 0;
  }
  if (batch.length > 0) yield batch;
}
