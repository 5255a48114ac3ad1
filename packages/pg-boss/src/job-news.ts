import { randomUUID } from "node:crypto";
import { describeCause, type Clock, type Log } from "@likeness/core";
import type { PgBoss } from "pg-boss";
import { queueName } from "./queue-name.ts";

/** How the processes on a database tell each other that there are new jobs. Without it they find them by polling. */
export interface JobNews {
  /** Tells the others, at most once in 50 ms, of all kinds since. */
  tell(kinds: Iterable<string>): void;
  /** Calls back with the kinds that others tell of, and with all at the beginning and when news may have been missed. */
  listen(kinds: readonly string[], onNews: (kinds: readonly string[]) => void): Promise<void>;
  stop(): Promise<void>;
}

export interface JobNewsOptions {
  /** The schema of pg-boss's tables, because others in the same database are none of ours. */
  readonly schema: string;
  readonly clock: Clock;
  readonly log: Log;
}

const channel = "likeness_jobs";
const gatherMilliseconds = 50;

/**
 * News by NOTIFY, each in a transaction of its own. In those that enqueue, it would make all commits wait for each other,
 * also those of other processes, and most news are for the process that enqueues, which knows already.
 */
export function jobNews(boss: PgBoss, { schema, clock, log }: JobNewsOptions): JobNews {
  const self = `${schema} ${randomUUID()}`;
  const untold = new Set<string>();
  let quiet = false;
  let hearing: { close(): Promise<void> } | undefined;

  const send = (): void => {
    quiet = untold.size > 0;
    if (!quiet) return;
    clock.after(gatherMilliseconds, send);
    const news = [...untold].map((kind) => `${self} ${queueName(kind)}`);
    untold.clear();
    const statement = "select pg_notify($1, news) from unnest($2::text[]) as news";
    // The next poll of the others finds what they were not told of.
    void boss
      .getDb()
      .executeSql(statement, [channel, news])
      .catch(() => undefined);
  };

  return {
    tell: (kinds) => {
      for (const kind of kinds) untold.add(kind);
      if (!quiet) send();
    },
    listen: async (kinds, onNews) => {
      const kindsByQueue = new Map(kinds.map((kind) => [queueName(kind), kind]));
      const hear = (news: string): void => {
        const [theirSchema, sender, queue = ""] = news.split(" ");
        const kind = kindsByQueue.get(queue);
        if (theirSchema === schema && `${schema} ${sender}` !== self && kind !== undefined) onNews([kind]);
      };
      const all = (): void => onNews(kinds);
      try {
        hearing = await boss.getDb().listen?.(channel, hear, all);
      } catch (cause) {
        log.warn({ error: describeCause(cause) }, "new jobs of other processes are found by polling");
      }
      if (!hearing) all();
    },
    stop: async () => {
      await hearing?.close();
      hearing = undefined;
    },
  };
}
