import { readFileSync } from "node:fs";
import { root } from "../repository.ts";
import { publishedPackages } from "./published-packages.ts";

/** A set of exact versions by package. */
export type Versions = Readonly<Record<string, string>>;

const manifests = publishedPackages().map(({ manifest }) => manifest);

const ranges: Versions = Object.assign(
  {},
  ...manifests.map(({ dependencies, peerDependencies }) => ({ ...dependencies, ...peerDependencies })),
);

/** The dependencies that packages share with hosts, by their ranges, and the versions that these run on. */
const met = Object.keys(ranges).filter((name) => !name.startsWith("@likeness/"));

const lockfile: { readonly packages: Readonly<Record<string, { readonly version?: string }>> } = JSON.parse(
  readFileSync(`${root}package-lock.json`, "utf8"),
);
const locked = (name: string): string => lockfile.packages[`node_modules/${name}`]?.version ?? "";

/** What the programs of the hosts use beside the packages: drivers, and the samples' random numbers. */
const beside: Versions = { "better-sqlite3": "13.0.0", pg: "8.16.0", "pure-rand": "8.4.2" };
/** The lowest versions of ranges that do not state one. */
const oldTools: Versions = { msw: "2.7.0", vitest: "3.0.9" };

/** The lowest version of every range. */
export const lowest: Versions = {
  ...Object.fromEntries(met.map((name) => [name, ranges[name]?.split(" || ")[0]?.replace(/^\^/, "") ?? ""])),
  ...beside,
  ...oldTools,
};

/** The highest version of every range that is tested: the lockfile's. */
export const highest: Versions = Object.fromEntries(
  [...met, ...Object.keys(beside)].map((name) => [name, locked(name)]),
);

/** Types that every host compiles with. */
export const types: Versions = Object.fromEntries(
  ["@types/node", "@types/pg", "@types/better-sqlite3"].map((name) => [name, locked(name)]),
);

export const packageNames = manifests.map(({ name }) => name);
