import { err, ok, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { StorageFailure } from "@likeness/core";
import type { Kysely } from "kysely";
import { attempt, transaction } from "../attempt.ts";
import type { Database } from "../database.ts";
import { makeBookkeeping, noteStep, takenSteps } from "./bookkeeping.ts";
import type { Migration } from "./migration.ts";
import { oneAtATime } from "./one-at-a-time.ts";

/** A step failed. The whole run was rolled back: this step, the steps before it, and the record of them. */
export interface MigrationFailure {
  readonly type: "migration-failure";
  /** Name of the step, if a step failed. */
  readonly migration?: string | undefined;
  readonly cause: unknown;
}

type Migrations = Readonly<Record<string, Migration>>;

/** Brings the tables up to date in one transaction. Returns the names of the steps it took. */
export const migrate = (
  db: Kysely<Database>,
  migrations: Migrations,
): ResultAsync<string[], MigrationFailure | StorageFailure> =>
  attempt(db, () => oneAtATime(db, (executor) => transaction(executor, (tx) => takeSteps(tx, migrations))))
    .andThen((taken) => taken)
    .mapErr((failure) => (failure.type === "migration-failure" ? failure : failureOf(failure)));

/** The names of the steps that `migrate` would take. Writes nothing. */
export const pendingMigrations = (
  db: Kysely<Database>,
  migrations: Migrations,
): ResultAsync<string[], StorageFailure> =>
  attempt(db, async () => {
    const taken = new Set(await takenSteps(db));
    return namesOf(migrations).filter((name) => !taken.has(name));
  });

const takeSteps = (
  tx: Kysely<Database>,
  migrations: Migrations,
): ResultAsync<string[], MigrationFailure | StorageFailure> =>
  safeTry(async function* () {
    const taken = yield* attempt(tx, () => takenSteps(tx));
    const pending = yield* stepsAfter(taken, namesOf(migrations));
    if (pending.length > 0) yield* attempt(tx, () => makeBookkeeping(tx));
    for (const name of pending) {
      const step = attempt(tx, async () => {
        await migrations[name]?.up(tx);
        await noteStep(tx, name);
      });
      yield* step.mapErr((failure) => failureOf(failure, name));
    }
    return ok(pending);
  });

const namesOf = (migrations: Migrations): string[] => Object.keys(migrations).toSorted();

function stepsAfter(taken: readonly string[], names: readonly string[]): Result<string[], MigrationFailure> {
  const stranger = taken.find((name, index) => names[index] !== name);
  if (stranger === undefined) return ok(names.slice(taken.length));
  const why = names.includes(stranger) ? "without one that comes before it" : "which this program does not have";
  return err(failureOf({ cause: new Error(`the database has taken the step ${stranger}, ${why}`) }));
}

const failureOf = ({ cause }: { readonly cause: unknown }, migration?: string): MigrationFailure => ({
  type: "migration-failure",
  migration,
  cause,
});
