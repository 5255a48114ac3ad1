import { fromStorableText, toStorableText } from "@likeness/core";
import type { CompiledQuery, DatabaseConnection, QueryResult } from "kysely";

/**
 * A connection that can store any text and return it unchanged. Text from outside (names, error texts, ids) may hold
 * U+0000, which PostgreSQL refuses, or an unpaired surrogate, which SQLite does not return.
 */
export const withStorableText = (bare: DatabaseConnection): DatabaseConnection => ({
  executeQuery: async <Row>(query: CompiledQuery, ...options: []) =>
    readable(await bare.executeQuery<Row>(storable(query), ...options)),
  async *streamQuery<Row>(query: CompiledQuery, chunkSize: number, ...options: []) {
    for await (const chunk of bare.streamQuery<Row>(storable(query), chunkSize, ...options)) yield readable(chunk);
  },
});

const storable = (query: CompiledQuery): CompiledQuery => ({
  ...query,
  parameters: query.parameters.map((value) => (typeof value === "string" ? toStorableText(value) : value)),
});

const readable = <Row>(result: QueryResult<Row>): QueryResult<Row> => ({
  ...result,
  rows: result.rows.map(readableRow),
});

function readableRow<Row>(row: Row): Row {
  if (typeof row !== "object" || row === null) return row;
  for (const [column, value] of Object.entries(row))
    if (typeof value === "string") {
      const text = fromStorableText(value);
      if (text !== value) Object.assign(row, { [column]: text });
    }
  return row;
}
