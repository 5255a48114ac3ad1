/** Imports and requires every built entry of every package once: what a user does first. */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const packages = new URL("../packages/", import.meta.url);

/** vitest cannot be required, so neither can what is made of it. */
const importOnly = ["@likeness/testing"];

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

const entries = readdirSync(packages).flatMap((folder) => {
  const { name, exports }: Manifest = JSON.parse(readFileSync(new URL(`${folder}/package.json`, packages), "utf8"));
  return Object.keys(exports).flatMap((path) => (path === "./package.json" ? [] : [path.replace(".", name)]));
});

for (const entry of entries) {
  const imported = Object.keys(await import(entry));
  const required = importOnly.includes(entry) ? imported : Object.keys(require(entry));
  // A default export has two names in CommonJS as Node imports it; the named ones must be the same.
  if (imported.toSorted().join() !== required.toSorted().join())
    throw new Error(`${entry} exports ${imported.join()} to import, but ${required.join()} to require`);
}
console.log(`Node ${process.version}: imported and required ${entries.length} entries, ${entries.join(", ")}`);
