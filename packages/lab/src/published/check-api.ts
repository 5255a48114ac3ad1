/**
 * Compares what each published package exports with its reports in git, and fails with the differences; `--accept`
 * writes the reports instead. Reads the built packages.
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { root } from "../repository.ts";
import { acceptChange, apiChanges, type ApiChange } from "./api-changes.ts";
import { publishedPackages } from "./published-packages.ts";

const sentences = {
  changed: "does not say what the package exports",
  missing: "is missing: the package exports what no report shows yet",
  stale: "is about an entry that the package does not have",
} as const satisfies Record<ApiChange["type"], string>;

const { accept } = parseArgs({ options: { accept: { type: "boolean", default: false } } }).values;
const changes = apiChanges(publishedPackages());

for (const change of changes) {
  const report = relative(root, change.path).replaceAll("\\", "/");
  if (accept) acceptChange(change);
  if (accept) console.log(`${change.type === "stale" ? "deleted" : "wrote"} ${report}`);
  else console.error(`${report} ${sentences[change.type]}.\n${change.type === "changed" ? change.diff : ""}`);
}
if (accept && changes.length === 0) console.log("The reports say what the packages export.");
if (!accept && changes.length > 0) {
  console.error("If that is meant, run `npm run api`, read the difference with `git diff`, and commit the reports.");
  process.exitCode = 1;
}
