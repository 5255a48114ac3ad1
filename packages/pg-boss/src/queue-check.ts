import { found, type Check, type Found } from "@likeness/core";
import { getConstructionPlans, type PgBoss } from "pg-boss";
import { deadLetters } from "./queue-name.ts";

/** Whether pg-boss has its tables, of the version of this program, and the queue of what is given up. Writes nothing. */
export const queueCheck = (boss: PgBoss, schema: string): Check => ({
  name: "job queue",
  cheap: true,
  look: async () => [await look(boss, schema)],
});

async function look(boss: PgBoss, schema: string): Promise<Found> {
  const rowsOf = async (statement: string): Promise<Record<string, unknown>[]> =>
    (await boss.getDb().executeSql(statement)).rows;
  try {
    const tables = ["version", "queue", "job_common"];
    const [there = {}] = await rowsOf(
      `select ${tables.map((name) => `to_regclass('${schema}.${name}') is not null as ${name}`).join(", ")}`,
    );
    const gone = tables.filter((name) => there[name] !== true);
    if (gone.length > 0)
      return found.broken(
        `pg-boss has no ${gone.join(", ")} in the schema ${schema}`,
        "start the bot, which makes its tables; if they were there before, find out who dropped them: jobs were lost",
      );
    const [row] = await rowsOf(`select version from ${schema}.version`);
    const version = Number(row?.["version"] ?? 0);
    if (wantedVersion !== undefined && version !== wantedVersion)
      return found.broken(
        `pg-boss's tables are of version ${version}, and this program has ${wantedVersion}`,
        version < wantedVersion
          ? "restart the bot, which brings them up to date"
          : "run the program that has brought them there, or a newer one",
      );
    const queues = await rowsOf(`select 1 from ${schema}.queue where name = '${deadLetters}'`);
    return queues.length > 0
      ? found.ok(`pg-boss, tables of version ${version}`)
      : found.broken("pg-boss has no queues", "restart the bot, which makes them");
  } catch (cause) {
    return found.broken(
      `pg-boss's tables cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      "see whether the database answers, and give its user the rights to the schema",
    );
  }
}

/** pg-boss tells the version of its tables in no other way than by what it would write; absent: nor in this one. */
export function versionIn(plans: string): number | undefined {
  const [, version] = /insert into \S+\.version\b[^;]*?'?(\d+)'?\s*\)/i.exec(plans) ?? [];
  return version === undefined ? undefined : Number(version);
}

const wantedVersion = versionIn(getConstructionPlans());
