import type { Pool, PoolClient } from "pg";

/**
 * Gives each statement with parameters a name, so that the server reads and plans it once for each connection, and not
 * each time. Only for connections that stay open: they keep the statements. Returns the pool.
 */
export function withNamedStatements(pool: Pool): Pool {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `statement ${names.size + 1}`;
    names.set(text, name);
    return name;
  };
  return pool.on("connect", (client: PoolClient) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    const named = (text: unknown, values: unknown, ...others: unknown[]): unknown =>
      typeof text === "string" && Array.isArray(values)
        ? query({ name: nameOf(text), text, values }, ...others)
        : query(text, values, ...others);
    client.query = named as PoolClient["query"];
  });
}
