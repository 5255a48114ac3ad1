/** Claims jobs, says the key of each, and never ends one: `hold-jobs.ts <url>`. */
import { PgBoss } from "pg-boss";
import { systemClock } from "@likeness/core";
import { ResultAsync } from "neverthrow";
import { pgBossJobQueue, pgBossSettings } from "../../index.ts";

const [connectionString = ""] = process.argv.slice(2);
const boss = new PgBoss({ connectionString, ...pgBossSettings });
await boss.start();
const started = await pgBossJobQueue(boss, { clock: systemClock }).start({
  "example.work": ({ key }) => {
    process.stdout.write(`${key}\n`);
    return ResultAsync.fromSafePromise(new Promise(() => undefined));
  },
});
started._unsafeUnwrap();
