import type { PgBoss } from "pg-boss";
import { deadLetters, queueName } from "./queue-name.ts";
import { deadLetterSettings, queueSettings } from "./settings.ts";
import { tablesOf } from "./tables.ts";

/** The queues of pg-boss that jobs of these kinds are put into. */
export interface Queues {
  /** Whether the tables are in the schema: only those are made anew that were there. */
  find(): Promise<boolean>;
  /** Whether the table of the jobs is gone. */
  areGone(): Promise<boolean>;
  /** Those that are missing, by their names. */
  missing(kinds: readonly string[]): Promise<readonly string[]>;
  /** Makes those that are missing. */
  create(kinds: readonly string[]): Promise<void>;
  /** The same, and before it all of pg-boss's tables if those of the jobs are gone. Says whether they were. */
  restore(kinds: readonly string[]): Promise<boolean>;
  /** Makes those that are missing, and gives the others the present settings. */
  settle(kinds: readonly string[]): Promise<void>;
}

export interface QueuesOptions {
  /** Where pg-boss has its tables. */
  readonly schema: string;
  readonly maximumAttempts: number;
}

export function queuesOf(boss: PgBoss, { schema, maximumAttempts }: QueuesOptions): Queues {
  const tables = tablesOf(boss, schema);
  const settings = { ...queueSettings(maximumAttempts), deadLetter: deadLetters };

  const missing: Queues["missing"] = async (kinds) => {
    const wanted = [deadLetters, ...kinds.map(queueName)];
    const present = new Set((await boss.getQueues(wanted)).map(({ name }) => name));
    return wanted.filter((each) => !present.has(each));
  };

  const create: Queues["create"] = async (kinds) => {
    for (const name of await missing(kinds))
      await (name === deadLetters
        ? boss.createQueue(name, deadLetterSettings)
        : // Unique by key while a job is unclaimed, and only then.
          boss.createQueue(name, { ...settings, policy: "short" }));
  };

  return {
    find: tables.find,
    areGone: tables.areGone,
    missing,
    create,
    restore: async (kinds) => {
      const gone = await tables.areGone();
      await (gone ? tables.makeAnew() : tables.noteVersion());
      await create(kinds);
      return gone;
    },
    settle: async (kinds) => {
      await tables.noteVersion();
      await create(kinds);
      for (const kind of kinds) await boss.updateQueue(queueName(kind), settings);
    },
  };
}
