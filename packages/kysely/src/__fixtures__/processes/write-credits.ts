/**
 * Prints `ready`, waits for a line, then books, reserves, captures and releases at random, with repeats, on the accounts
 * that other processes use too: `write-credits.ts <file> <seed> <times>`. Prints each answer that is neither a success nor
 * a refusal.
 */
import { once } from "node:events";
import { inspect } from "node:util";
import { systemClock } from "@likeness/core";
import { aTraining } from "@likeness/testing";
import Sqlite from "better-sqlite3";
import { Kysely } from "kysely";
import { kyselyCredits, prepareSqlite, sqliteDialect, type Database } from "../../index.ts";

const [path = "", seed, times] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");

const database = new Sqlite(path);
prepareSqlite(database)._unsafeUnwrap();
// Long, because a busy machine delays the other processes.
database.pragma("busy_timeout = 60000");
const db = new Kysely<Database>({ dialect: sqliteDialect({ database }) });
const credits = kyselyCredits(db, { prices: { training: 10, image: 1, upscale: 1 }, clock: systemClock });

let state = Number(seed);
/** A whole number below a limit. */
function below(limit: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((state / 2 ** 31) * limit);
}

const refusals: readonly string[] = ["credits-refused", "credits-short"];

for (let time = 0; time < Number(times); time++) {
  const ownerId = `owner:${below(2)}`;
  const order = below(40);
  const booking = { ownerId, amount: 1 + below(30), reference: `reference:${below(12)}` };
  const calls = [
    () => credits.reserve(aTraining("requested", { id: `order:${order}`, ownerId: `owner:${order % 2}` })),
    () => credits.capture(`order:${order}`),
    () => credits.release(`order:${order}`),
    () => credits.topUp(booking),
    () => credits.refund(booking),
    () => credits.adjust({ ...booking, amount: booking.amount - 15 || 1, reason: "correction" }),
  ];
  const answer = await calls[below(calls.length)]?.();
  if (answer?.isErr() && !refusals.includes(answer.error.type)) process.stdout.write(`${inspect(answer.error)}\n`);
}
process.stdin.destroy();
