import type { PgBoss } from "pg-boss";
import { deadLetters, queueName } from "./queue-name.ts";
import { deadLetterSettings, queueSettings } from "./settings.ts";

/** The queues of pg-boss that jobs of these kinds are put into. */
export interface Queues {
  /** Makes those that are missing. */
  create(kinds: readonly string[]): Promise<void>;
  /** Makes those that are missing, and gives the others the present settings. */
  settle(kinds: readonly string[]): Promise<void>;
}

export function queuesOf(boss: PgBoss, maximumAttempts: number): Queues {
  const settings = { ...queueSettings(maximumAttempts), deadLetter: deadLetters };

  const create: Queues["create"] = async (kinds) => {
    const wanted = [deadLetters, ...kinds.map(queueName)];
    const present = new Set((await boss.getQueues(wanted)).map(({ name }) => name));
    for (const name of wanted.filter((each) => !present.has(each)))
      await (name === deadLetters
        ? boss.createQueue(name, deadLetterSettings)
        : // Unique by key while a job is unclaimed, and only then.
          boss.createQueue(name, { ...settings, policy: "short" }));
  };

  return {
    create,
    settle: async (kinds) => {
      await create(kinds);
      for (const kind of kinds) await boss.updateQueue(queueName(kind), settings);
    },
  };
}
