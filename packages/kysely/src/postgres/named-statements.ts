import { createHash } from "node:crypto";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import { isPlanOutdated } from "./interruption.ts";

/** The server keeps what it has read and planned for each connection, so there is a limit. */
const mostNames = 500;

/** The same pool for Kysely's driver, with a name for each statement that has parameters. */
export function withNamedStatements(pool: PostgresPool): PostgresPool {
  const names = statementNames();
  const clients = new WeakMap<PostgresPoolClient, PostgresPoolClient>();

  const naming = (client: PostgresPoolClient): PostgresPoolClient => {
    const query = client.query.bind(client) as (...statement: readonly unknown[]) => Promise<unknown>;
    const named = (text: unknown, values?: readonly unknown[]): unknown => {
      const name = typeof text === "string" && values?.length ? names.of(text) : undefined;
      if (name === undefined) return query(text, values);
      return query({ name, text, values }).catch((cause: unknown) => {
        if (isPlanOutdated(cause)) names.renew(name);
        throw cause;
      });
    };
    // The pool gives a client another `release` each time.
    return Object.create(client, {
      query: { value: named },
      release: { value: (end?: boolean) => client.release(end) },
    });
  };

  return {
    ...(pool.Client && { Client: pool.Client }),
    options: pool.options,
    // Kysely's driver compares clients by identity.
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? naming(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}

/** Names made of the text, because another `Kysely` may name statements on the same connections. */
function statementNames() {
  const names = new Map<string, string>();
  let renewed = 0;
  const prefix = (): string => `likeness_${renewed}_`;
  return {
    of: (text: string): string | undefined => {
      const known = names.get(text);
      if (known !== undefined || names.size >= mostNames) return known;
      const name = prefix() + createHash("sha256").update(text).digest("base64url");
      names.set(text, name);
      return name;
    },
    /** Connections go on refusing what they have under the names of before. What was under way has one of those. */
    renew: (refused: string) => {
      if (!refused.startsWith(prefix())) return;
      names.clear();
      renewed += 1;
    },
  };
}
