import type { SqliteHandle } from "@likeness/kysely";
import type { Database } from "better-sqlite3";

/** One statement as it was run. */
export interface Call {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly reads: boolean;
}

/** A database that notes every statement that goes through it. */
export function recording(database: Database, note: (call: Call) => void): SqliteHandle {
  return {
    get inTransaction() {
      return database.inTransaction;
    },
    pragma: (source, options) => database.pragma(source, options),
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      return {
        reader: statement.reader,
        all: (parameters) => {
          note({ sql, parameters, reads: true });
          return statement.all(...parameters);
        },
        run: (parameters) => {
          note({ sql, parameters, reads: false });
          return statement.run(...parameters);
        },
        iterate: (parameters) => {
          note({ sql, parameters, reads: true });
          return statement.iterate(...parameters);
        },
      };
    },
  };
}

/** Runs the statements as hand-written code would: each SQL text is prepared once. */
export function replayer(database: Database): (calls: readonly Call[]) => void {
  const statements = new Map<string, ReturnType<typeof database.prepare>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return (calls) => {
    for (const { sql, parameters, reads } of calls)
      if (reads) prepared(sql).all(...parameters);
      else prepared(sql).run(...parameters);
  };
}
