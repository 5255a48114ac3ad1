import { renameSync, writeFileSync } from "node:fs";

/** Writes a file that other processes may read or write at the same time. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
