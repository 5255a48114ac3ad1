import { migrate } from "../../migrations/migrate.ts";
import { run, type MigratingEngine } from "../migrating-engines.ts";
import { formerStatements } from "./former-statements.ts";
import { laterRows } from "./later-rows.ts";

/** A database as the version before a step left it, with rows in its tables; `takeUntil` takes the steps up to one. */
export async function databaseBefore({ engine, steps, empty }: MigratingEngine, step: string) {
  const db = await empty();
  const until = async (isIncluded: (name: string) => boolean) =>
    (await migrate(db, Object.fromEntries(Object.entries(steps).filter(([name]) => isIncluded(name)))))._unsafeUnwrap();
  await run(db, ...formerStatements(engine, "0003-late-results"));
  for (const [last, rows] of Object.entries(laterRows))
    if (last < step) {
      await until((name) => name <= last);
      await run(db, ...rows);
    }
  await until((name) => name < step);
  return { db, takeUntil: (last: string) => until((name) => name <= last) };
}
