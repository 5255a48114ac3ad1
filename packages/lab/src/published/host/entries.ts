/** Loads modules both ways, which is a user's first step. The packages are ES modules, which every supported Node can require. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export async function loadEntries(entries: readonly string[]): Promise<void> {
  for (const entry of entries) {
    const imported = Object.keys(await import(entry));
    // Node adds this marker to a required module with a default export, for code that was compiled to CommonJS.
    const required = Object.keys(require(entry)).filter((name) => name !== "__esModule");
    if (imported.toSorted().join() !== required.toSorted().join())
      throw new Error(`${entry} exports ${imported.join()} to import, but ${required.join()} to require`);
  }
  console.log(`Node ${process.version}: imported and required ${entries.length} entries, ${entries.join(", ")}`);
}
