import { CreateTableNode, RawNode, type KyselyPlugin } from "kysely";
import type { Migration } from "../migrations/migration.ts";
import { dueOfKind } from "../migrations/0024-due-of-kind.ts";
import { jobIndex } from "../migrations/0020-operator/job-index.ts";
import { migrations } from "../migrations/migrations.ts";
import { createJob } from "./create-job.ts";

/** SQLite stores any value in any column unless the table is strict. https://www.sqlite.org/stricttables.html */
const strictTables: KyselyPlugin = {
  transformQuery: ({ node }) =>
    CreateTableNode.is(node) ? CreateTableNode.cloneWithEndModifier(node, RawNode.createWithSql("strict")) : node,
  transformResult: async ({ result }) => result,
};

const strictly = ({ up }: Migration): Migration => ({ up: (db) => up(db.withPlugin(strictTables)) });

/** `migrations` with strict tables, and the table of the job queue. */
export const sqliteMigrations: Readonly<Record<string, Migration>> = Object.freeze(
  Object.fromEntries(
    Object.entries({
      ...migrations,
      "0001-tables-sqlite-job": createJob,
      "0020-operator-sqlite-job": jobIndex,
      "0024-due-of-kind-sqlite-job": dueOfKind,
    })
      .map(([name, step]): [string, Migration] => [name, strictly(step)])
      .toSorted(([left], [right]) => (left < right ? -1 : 1)),
  ),
);
