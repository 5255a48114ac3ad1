import { silentLog, systemClock } from "@likeness/core";
import type { KyselyPlugin } from "kysely";
import { holdSource } from "../move/hold-source.ts";
import { moveRows } from "../move/move-rows.ts";
import { openPostgres } from "../storage/open-postgres.ts";

/** A move that hangs at its eighth table, the sessions, for a test that kills it there. */
const [file = "", url = ""] = process.argv.slice(2);
const source = await holdSource(file);
if (source.type !== "held") throw new Error(source.type);
let reads = 0;
const hanging: KyselyPlugin = {
  transformQuery: ({ node }) => {
    reads += 1;
    return node;
  },
  transformResult: async ({ result }) => {
    if (reads < 8) return result;
    process.stdout.write("hanging\n");
    return new Promise(() => setInterval(() => undefined, 60_000));
  },
};
await moveRows(source.db.withPlugin(hanging), await openPostgres({ type: "postgres", url }, systemClock, silentLog));
