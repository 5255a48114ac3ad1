import { found, type Found, type StorageFailure } from "@likeness/core";
import { sql, type Kysely } from "kysely";
import type { ResultAsync } from "neverthrow";
import { attempt } from "../attempt.ts";
import type { Database } from "../database.ts";
import type { DatabaseFacts } from "../store/database-facts.ts";

interface Facts {
  readonly version: string;
  readonly encoding: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
}

/** The oldest version that its makers still maintain. https://www.postgresql.org/support/versioning/ */
const oldestVersion = 14;

/** Version, encoding and the settings by which a commit lasts. */
export const postgresFacts = (db: Kysely<Database>): ResultAsync<DatabaseFacts, StorageFailure> =>
  attempt(db, async () => {
    const { rows } = await sql<Facts>`
      select current_setting('server_version') as version, current_setting('server_encoding') as encoding,
        current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
        current_setting('synchronous_commit') as synchronous_commit`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("PostgreSQL says nothing about itself");
    return { name: `PostgreSQL ${row.version.replace(/ .*/, "")}`, problems: problemsOf(row) };
  });

const durable = ["fsync", "full_page_writes", "synchronous_commit"] as const;

const problemsOf = (facts: Facts): readonly Found[] => [
  ...(facts.encoding === "UTF8"
    ? []
    : [
        found.broken(
          `its encoding is ${facts.encoding}, so names and words cannot be stored`,
          "create a database with encoding UTF8 and move the data there",
        ),
      ]),
  ...(Number.parseInt(facts.version, 10) >= oldestVersion
    ? []
    : [
        found.warning(`PostgreSQL ${facts.version} is not maintained any more`, `upgrade to ${oldestVersion} or newer`),
      ]),
  ...durable
    .filter((setting) => facts[setting] === "off")
    .map((setting) =>
      found.broken(
        `commits can be lost, and with them paid orders: ${setting} is off`,
        `set ${setting} to on for the server, the role and the database`,
      ),
    ),
];
