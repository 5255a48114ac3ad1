import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { apiReports, type ApiReport } from "./api-reports.ts";
import type { PublishedPackage } from "./published-packages.ts";

/** How a report in git differs from what the built packages export. */
export type ApiChange =
  | { readonly type: "changed"; readonly path: string; readonly text: string; readonly diff: string }
  | { readonly type: "missing"; readonly path: string; readonly text: string }
  /** The report is about an entry that is no more. */
  | { readonly type: "stale"; readonly path: string };

/** Compares the reports in the folders of the packages with what these export as they are built. */
export function apiChanges(packages: readonly PublishedPackage[]): ApiChange[] {
  const reports = apiReports(packages);
  const expected = new Set(reports.map(({ path }) => path));
  const stale = packages
    .flatMap(({ folder }) => globSync("api/*", { cwd: folder }).map((path) => join(folder, path)))
    .filter((path) => !expected.has(path));
  return [...reports.flatMap(changeOf), ...stale.map((path) => ({ type: "stale", path }) as const)];
}

function changeOf({ path, text }: ApiReport): ApiChange[] {
  if (!existsSync(path)) return [{ type: "missing", path, text }];
  if (readFileSync(path, "utf8").replaceAll("\r\n", "\n") === text) return [];
  const compared = spawnSync("git", ["diff", "--no-index", "--no-color", "--unified=2", "--", path, "-"], {
    input: text,
    encoding: "utf8",
  });
  // Without the lines about files, of which one has no name.
  const diff = compared.stdout.slice(compared.stdout.search(/^@@/m));
  return [{ type: "changed", path, text, diff }];
}

/** Makes the reports in git say what the packages export. */
export function acceptChange(change: ApiChange): void {
  if (change.type === "stale") return rmSync(change.path);
  mkdirSync(dirname(change.path), { recursive: true });
  writeFileSync(change.path, change.text);
}
