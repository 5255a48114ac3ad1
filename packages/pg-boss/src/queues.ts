import type { PgBoss } from "pg-boss";
import { deadLetters, queueName } from "./queue-name.ts";
import { deadLetterSettings, queueSettings } from "./settings.ts";
import { tablesOf, type Tables } from "./tables.ts";

/** The pg-boss queues of the kinds of jobs. */
export interface Queues {
  /** Whether the tables are in the schema. Only tables that were found once are created again. */
  find(): Promise<boolean>;
  /** Whether the table of jobs is gone. */
  areGone(): Promise<boolean>;
  /** The names of all queues of Likeness. */
  ours: Tables["ours"];
  /** The names of the missing queues. */
  missing(kinds: readonly string[]): Promise<readonly string[]>;
  /** Creates the missing queues. */
  create(kinds: readonly string[]): Promise<void>;
  /**
   * Creates the missing queues, and before that all of pg-boss's tables if the table of jobs is gone; returns whether.
   */
  restore(kinds: readonly string[]): Promise<boolean>;
  /** Leaves a claimed job no further attempt. */
  endRetries: Tables["endRetries"];
  /** Deletes what is kept of dead and ended jobs with these keys. */
  forget: Tables["forget"];
  /** Creates the missing queues, and updates the settings of all. */
  createAndUpdate(kinds: readonly string[]): Promise<void>;
}

export interface QueuesOptions {
  /** The schema of pg-boss's tables. */
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
        : // "short": a key is unique only while its job is unclaimed.
          boss.createQueue(name, { ...settings, policy: "short" }));
  };

  return {
    find: tables.find,
    areGone: tables.areGone,
    endRetries: tables.endRetries,
    forget: tables.forget,
    ours: tables.ours,
    missing,
    create,
    restore: async (kinds) => {
      const gone = await tables.areGone();
      await (gone ? tables.createAgain() : tables.noteVersion());
      await create(kinds);
      return gone;
    },
    createAndUpdate: async (kinds) => {
      await tables.noteVersion();
      await create(kinds);
      for (const kind of kinds) await boss.updateQueue(queueName(kind), settings);
    },
  };
}
