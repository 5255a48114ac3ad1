import { spawnSync } from "node:child_process";
import { globSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../repository.ts";

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly bugs: string;
  readonly author: string;
  readonly license: string;
  readonly repository: { readonly url: string; readonly directory: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly resolved?: string }>>;
}

const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const workspace: Manifest = JSON.parse(read("package.json"));
const lockfile: Lockfile = JSON.parse(read("package-lock.json"));
const packages = readdirSync(`${root}packages`)
  .map((folder): [string, Manifest] => [folder, JSON.parse(read(`packages/${folder}/package.json`))])
  .filter(([, manifest]) => !manifest.private);

/** The line of the highest version that a range takes: its major, or its minor before 1.0. */
const highestLineOf = (range: string): string => lineOf(range.split(" || ").at(-1)?.replace(/^\^/, "") ?? "");
const lineOf = (version: string): string => /^0\.\d+|^\d+/.exec(version)?.[0] ?? "";
const locked = (dependency: string): string => lockfile.packages[`node_modules/${dependency}`]?.version ?? "";

describe.each(packages)("packages/%s", (folder, manifest) => {
  const { name, dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;

  it("tells a registry what it is and where it comes from", () => {
    const directory = `packages/${folder}`;
    const { url } = workspace.repository;
    const page = url.replace(/^git\+|\.git$/g, "");
    expect(manifest).toMatchObject({
      author: workspace.author,
      license: "MIT",
      repository: { type: "git", url, directory },
      homepage: `${page}/tree/main/${directory}#readme`,
      bugs: `${page}/issues`,
    });
    expect(manifest.description).toMatch(/^[A-Z].+\.$/);
    expect(manifest.keywords.length).toBeGreaterThan(3);
  });

  it("ships the licence and a page that says how to install it", () => {
    expect(read(`packages/${folder}/LICENSE`)).toBe(read("LICENSE"));
    const page = read(`packages/${folder}/README.md`);
    // npm runs a package whose name begins so by a command of its own.
    const begin = name.startsWith("create-")
      ? name.replace("create-", "npm create ")
      : `npm install (--save-dev )?${name}`;
    expect(page).toMatch(new RegExp(`^${begin}\\b`, "m"));
    const needed = Object.keys(peerDependencies).filter((peer) => !peerDependenciesMeta[peer]?.optional);
    for (const peer of needed) expect(page).toMatch(new RegExp(`^npm install .* ${peer}\\b`, "m"));
  });

  it("imports no sibling that a registry does not have", () => {
    const built = globSync(`packages/${folder}/dist/**/*.{js,d.ts}`, { cwd: root }).map(read);
    expect(built.length).toBeGreaterThan(0);
    const siblings = built.flatMap((text) =>
      [...text.matchAll(/from ["'](@likeness\/[^"'/]+)/g)].map(([, sibling]) => sibling),
    );
    const published = packages.map(([, sibling]) => sibling.name);
    expect(siblings.filter((sibling) => !published.includes(sibling ?? ""))).toStrictEqual([]);
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

it("every tarball holds the licence, the page and types beside each entry", () => {
  const npm = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--workspaces"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  const tarballs: { name: string; files: { path: string }[] }[] = JSON.parse(npm.stdout);
  const published = tarballs.filter(({ name }) => packages.some(([, manifest]) => manifest.name === name));
  expect(published).toHaveLength(packages.length);
  for (const { name, files } of published) {
    const paths = files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    const own = name === "create-likeness" ? /^(dist\/create-likeness\.js|template\/.+)$/ : /^dist\/.+\.(js|d\.ts)$/;
    expect(paths.filter((path) => !/^(LICENSE|README\.md|package\.json)$/.test(path) && !own.test(path))).toStrictEqual(
      [],
    );
  }
});

it("the lockfile names no registry", () => {
  const addresses = Object.values(lockfile.packages).flatMap(({ resolved }) => resolved ?? []);
  expect(addresses.filter((address) => address.includes("://"))).toStrictEqual([]);
});
