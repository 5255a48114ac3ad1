import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../repository.ts";

/** What the rules for published packages read of a `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly engines?: Readonly<Record<string, string>>;
  /** Folders and files of the tarball, besides what npm always adds. */
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package that a registry gets, and its folder. */
export interface PublishedPackage {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A module that hosts import. */
export interface Entry {
  /** As it is imported, e.g. `@likeness/core/use-cases`. */
  readonly specifier: string;
  /** The file with its types. */
  readonly types: string;
}

/** Every package of a workspace that is not private. */
export const publishedPackages = (workspace: string = root): PublishedPackage[] =>
  globSync("packages/*/package.json", { cwd: workspace })
    .toSorted()
    .map((path) => ({
      folder: join(workspace, dirname(path)),
      manifest: JSON.parse(readFileSync(join(workspace, path), "utf8")) as Manifest,
    }))
    .filter(({ manifest }) => !manifest.private);

/** The modules of a package; none in one that is only a command. */
export const entriesOf = ({ folder, manifest }: PublishedPackage): Entry[] =>
  Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === "string" || target["types"] === undefined
      ? []
      : [{ specifier: path.replace(".", manifest.name), types: join(folder, target["types"]) }],
  );
