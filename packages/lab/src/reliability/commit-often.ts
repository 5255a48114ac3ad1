/** Writes to a database this many times, each in a separate transaction: `commit-often.ts <file> <times>`. */
import { silentLog as log, systemClock as clock } from "@likeness/core";
import { aSession, valueOf } from "@likeness/testing";
import { sqlite } from "../crash/engines/sqlite.ts";

const [file = "", times = "0"] = process.argv.slice(2);
const { store, close } = await sqlite.open(file, { clock, log });
for (let count = 0; count < Number(times); count++)
  await valueOf(store.sessions.save(aSession({ key: `session ${count}` })));
await close();
