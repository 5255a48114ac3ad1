/** Random kills for a while: `npm run soak -- --help`. */
import { interruption, orEnd } from "./options.ts";
import { readSoakOptions } from "./soak-options.ts";
import { runSoak } from "./soak-run.ts";
import { tableOf, type TableRow } from "./table.ts";

const { engines, vendors, seed, seconds } = orEnd(readSoakOptions(process.argv.slice(2)));
const signal = interruption();

try {
  const rows: TableRow[] = [];
  let broken = 0;
  for (const vendor of vendors)
    for (const engine of engines) {
      const started = performance.now();
      const tell = (what: string): void => {
        if (process.stdout.isTTY)
          console.log(`${engine}  ${((performance.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${what}`);
      };
      const report = await runSoak({ engine, vendor, seed, seconds, unknownDeadlineSeconds: 90, signal, tell });
      broken += report.broken.length;
      if (report.broken.length > 0) console.error([engine, ...report.broken, report.written].join("\n  "));
      const restarts = report.restarts > 0 ? `, ${report.restarts} restarts of the server` : "";
      const ownEnds = report.ownEnds > 0 ? `, ${report.ownEnds} ends of its own` : "";
      const placed = `${report.trainings} trainings, ${report.pictures} pictures`;
      const where = `${engine}${vendor === "fal" ? "" : `, ${vendor}`}`;
      rows.push({ ...report, count: report.orders, name: `${where}: ${placed}${restarts}${ownEnds}` });
    }
  console.log(`${tableOf("orders", rows)}\n\nseed ${seed}, ${seconds / 60} min, broken invariants: ${broken}`);
  process.exitCode = broken > 0 ? 1 : 0;
} catch (error) {
  if (!signal.aborted) throw error;
  console.error(`interrupted; seed ${seed}`);
  process.exitCode = 130;
}
