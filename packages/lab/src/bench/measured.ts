import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { root } from "../repository.ts";

/** When, where and how long something was measured. */
export interface Measured {
  readonly date: string;
  /** A `+` behind it: with changes that are not committed. */
  readonly commit: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** How many processes wanted a processor in the minute before: a quiet machine has less than one. */
  readonly load: number;
}

const libraries = ["better-sqlite3", "fastify", "kysely", "pg", "pg-boss", "sharp", "yazl"];

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, "utf8")).version;

const processors = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}`;
const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;

/** Begins a measurement; the function tells about it when it has ended. */
export function measuring(): () => Measured {
  const start = performance.now();
  const [load = 0] = loadavg();
  // Of the beginning: what is committed meanwhile is not measured.
  const commit = currentCommit();
  return () => ({
    date: new Date().toISOString().slice(0, 10),
    commit,
    machine: `${processors}, ${memory}, ${type()} ${release().split(".", 2).join(".")}`,
    versions: { node: process.versions.node, ...Object.fromEntries(libraries.map((name) => [name, versionOf(name)])) },
    seconds: Math.round((performance.now() - start) / 1000),
    load,
  });
}

/** What a run writes itself is no change. */
function currentCommit(): string {
  const git = (...words: string[]): string => execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim();
  try {
    const changes = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/benchmarks*");
    return `${git("rev-parse", "--short", "HEAD")}${changes === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}
