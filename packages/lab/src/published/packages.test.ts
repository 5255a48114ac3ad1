import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../repository.ts";
import { entriesOf, publishedPackages, type Manifest } from "./published-packages.ts";

interface Workspace extends Manifest {
  readonly author: string;
  readonly repository: { readonly url: string };
}

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent: readonly string[];
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly resolved?: string }>>;
}

const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const workspace: Workspace = JSON.parse(read("package.json"));
const lockfile: Lockfile = JSON.parse(read("package-lock.json"));
const packages = publishedPackages().map((published) => ({ ...published, directory: basename(published.folder) }));

/** How a reader begins, by the name of the package: `create-x` is run by `npm create x`. */
const firstCommand = (name: string): RegExp =>
  name.startsWith("create-")
    ? new RegExp(`^npm create ${name.replace("create-", "")}\\b`)
    : new RegExp(`^npm install (--save-dev )?${name}\\b`);

/** Every path in a part of a manifest, however deep. */
const pathsIn = (part: unknown): string[] =>
  typeof part === "string" ? [part] : Object.values(part ?? {}).flatMap(pathsIn);

/** The line of the highest version that a range takes: its major, or its minor before 1.0. */
const highestLineOf = (range: string): string => lineOf(range.split(" || ").at(-1)?.replace(/^\^/, "") ?? "");
const lineOf = (version: string): string => /^0\.\d+|^\d+/.exec(version)?.[0] ?? "";
const locked = (dependency: string): string => lockfile.packages[`node_modules/${dependency}`]?.version ?? "";

describe.each(packages)("packages/$directory", ({ folder, directory, manifest }) => {
  const { name, dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const inFolder = (path: string): string => readFileSync(join(folder, path), "utf8");
  const built = (pattern: string): string[] => globSync(`dist/**/${pattern}`, { cwd: folder }).toSorted();

  it("tells a registry what it is and where it comes from", () => {
    const { url } = workspace.repository;
    const page = url.replace(/^git\+|\.git$/g, "");
    expect(manifest).toMatchObject({
      author: workspace.author,
      license: "MIT",
      repository: { type: "git", url, directory: `packages/${directory}` },
      homepage: `${page}/tree/main/packages/${directory}#readme`,
      bugs: `${page}/issues`,
      engines: workspace.engines,
    });
    expect(manifest.description).toMatch(/^[A-Z].+\.$/);
    expect(manifest.keywords?.length).toBeGreaterThan(3);
  });

  it("gives a host something to import or to run", () => {
    expect([...entriesOf({ folder, manifest }), ...Object.keys(manifest.bin ?? {})]).not.toStrictEqual([]);
  });

  it("ships the licence and a page that begins with how to install it", () => {
    expect(inFolder("LICENSE")).toBe(read("LICENSE"));
    const page = inFolder("README.md");
    const [, command = ""] = /^```sh\n(.*)$/m.exec(page) ?? [];
    expect(command).toMatch(firstCommand(name));
    const needed = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
    for (const peer of needed) expect(page).toMatch(new RegExp(`^npm install .* ${peer}\\b`, "m"));
  });

  it("imports no sibling that a registry does not have", () => {
    const texts = built("*.{js,d.ts}").map(inFolder);
    expect(texts).not.toStrictEqual([]);
    const siblings = texts.flatMap((text) =>
      [...text.matchAll(/from ["'](@likeness\/[^"'/]+)/g)].map(([, sibling]) => sibling),
    );
    const published = packages.map((sibling) => sibling.manifest.name);
    expect(siblings.filter((sibling) => !published.includes(sibling ?? ""))).toStrictEqual([]);
  });

  it("carries its sources in the maps, without tests, fixtures or names of a machine's folders", () => {
    for (const file of built("*.js")) {
      expect(inFolder(file)).toMatch(new RegExp(`^//# sourceMappingURL=${basename(file)}\\.map$`, "m"));
      const { sources, sourcesContent }: SourceMap = JSON.parse(inFolder(`${file}.map`));
      expect(sourcesContent.filter((text) => typeof text === "string")).toHaveLength(sources.length);
      expect(sources.filter((source) => !/^(\.\.\/)+([\w-]+\/)?src\//.test(source))).toStrictEqual([]);
      expect(sources.filter((source) => /\.test\.|__fixtures__/.test(source))).toStrictEqual([]);
    }
    expect(built("*.{js,map,d.ts}").filter((file) => inFolder(file).includes(root))).toStrictEqual([]);
  });

  it("pins nothing but its siblings, so that a host's own version serves both", () => {
    const pinned = Object.entries(dependencies).filter(([, range]) => /^\d/.test(range));
    expect(pinned.filter(([dependency]) => !dependency.startsWith("@likeness/"))).toStrictEqual([]);
  });

  it("ends its ranges with what the workspace tests", () => {
    const ranges = Object.entries({ ...dependencies, ...peerDependencies }).filter(([, range]) =>
      range.startsWith("^"),
    );
    for (const [dependency, range] of ranges)
      expect([dependency, lineOf(locked(dependency))]).toStrictEqual([dependency, highestLineOf(range)]);
  });
});

it("every tarball holds the licence, the page, what the entries name and maps, and nothing else", () => {
  const npm = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--workspaces"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const tarballs: { name: string; files: { path: string }[] }[] = JSON.parse(npm.stdout);
  for (const { manifest } of packages) {
    const paths = tarballs.find(({ name }) => name === manifest.name)?.files.map(({ path }) => path) ?? [];
    const targets = [manifest.exports, manifest.bin].flatMap(pathsIn).map((path) => path.replace("./", ""));
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json", ...targets]));
    const maps = paths.filter((path) => path.startsWith("dist/") && path.endsWith(".js")).map((path) => `${path}.map`);
    expect(paths).toEqual(expect.arrayContaining(maps));
    // What is in other folders that a package lists, such as a template, is its own matter.
    const own = new RegExp(`^(${manifest.files?.filter((file) => file !== "dist").join("|") || "-"})/`);
    const expected = /^(LICENSE|README\.md|package\.json|dist\/.+\.(js|js\.map|d\.ts))$/;
    expect(paths.filter((path) => !own.test(path) && !expected.test(path))).toStrictEqual([]);
  }
});

it("packages agree about the ranges of what they share", () => {
  const ranges = new Map<string, Set<string>>();
  for (const { manifest } of packages)
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies }))
      ranges.set(name, (ranges.get(name) ?? new Set()).add(range));
  expect([...ranges].filter(([, different]) => different.size > 1)).toStrictEqual([]);
});

it("the lockfile names no registry", () => {
  const addresses = Object.values(lockfile.packages).flatMap(({ resolved }) => resolved ?? []);
  expect(addresses.filter((address) => address.includes("://"))).toStrictEqual([]);
});
