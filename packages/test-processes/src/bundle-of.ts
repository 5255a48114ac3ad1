import { readFileSync, statSync } from "node:fs";

/** A program that was made one file, and when its sources were changed last, in milliseconds, by their paths. */
export interface Bundle {
  readonly path: string;
  readonly sources: Readonly<Record<string, number>>;
}

/** By the paths of the programs. */
export type Bundles = Readonly<Record<string, Bundle>>;

/** The file to run for a program: its bundle, or itself if it has none or a source was changed after it was bundled. */
export function bundleOf(program: string, list: string): string {
  const bundle = (JSON.parse(readFileSync(list, "utf8")) as Bundles)[program];
  return bundle && Object.entries(bundle.sources).every(isUnchanged) ? bundle.path : program;
}

const isUnchanged = ([path, milliseconds]: [string, number]): boolean => changedAt(path) === milliseconds;

/** When a file was changed last, in milliseconds. Undefined where there is none. */
export const changedAt = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
