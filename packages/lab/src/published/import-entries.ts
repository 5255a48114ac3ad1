/**
 * Imports and requires every built entry of every package once: what a user does first. The packages are ES modules, which
 * every Node that they support can require.
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
  // Node marks a module that has a default export, for what was compiled to CommonJS.
  const required = Object.keys(require(entry)).filter((name) => name !== "__esModule");
  if (imported.toSorted().join() !== required.toSorted().join())
    throw new Error(`${entry} exports ${imported.join()} to import, but ${required.join()} to require`);
}
console.log(`Node ${process.version}: imported and required ${entries.length} entries, ${entries.join(", ")}`);
