/** Runs jobs and prints when each begins and ends, until its input ends: `run-jobs.ts <url>`. */
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { systemClock } from "@likeness/core";
import { ResultAsync } from "neverthrow";
import { pgBossJobQueue, pgBossSettings } from "../../index.ts";

const [connectionString = ""] = process.argv.slice(2);
const boss = new PgBoss({ connectionString, ...pgBossSettings });
const say = (word: string, key: string): unknown => process.stdout.write(`${JSON.stringify({ word, key })}\n`);

await boss.start();
const queue = pgBossJobQueue(boss, { clock: systemClock });
const started = await queue.start({
  "example.work": ({ key }) => {
    say("begin", key);
    return ResultAsync.fromSafePromise(setTimeout(5)).map(() => {
      say("end", key);
      return { type: "done" } as const;
    });
  },
});
started._unsafeUnwrap();
say("ready", "");

await once(process.stdin.resume(), "end");
await queue.stop({ graceMs: 5_000 });
await boss.stop();
