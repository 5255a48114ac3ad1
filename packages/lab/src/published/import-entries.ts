/**
 * Imports and requires every built entry of every package once, which is a user's first step. The packages are ES
 * modules, which every supported Node can require.
 */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { root } from "../repository.ts";

const require = createRequire(import.meta.url);

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
}

const entries = readdirSync(`${root}packages`).flatMap((folder) => {
  const manifest: Manifest = JSON.parse(readFileSync(`${root}packages/${folder}/package.json`, "utf8"));
  const { name, exports } = manifest;
  if (manifest.private) return [];
  return Object.keys(exports).flatMap((path) => (path === "./package.json" ? [] : [path.replace(".", name)]));
});

for (const entry of entries) {
  const imported = Object.keys(await import(entry));
  // Node adds this marker to a required module with a default export, for code that was compiled to CommonJS.
  const required = Object.keys(require(entry)).filter((name) => name !== "__esModule");
  if (imported.toSorted().join() !== required.toSorted().join())
    throw new Error(`${entry} exports ${imported.join()} to import, but ${required.join()} to require`);
}
console.log(`Node ${process.version}: imported and required ${entries.length} entries, ${entries.join(", ")}`);
