import { readdir, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeFolder } from "@likeness/blobs/disk";
import { readKept } from "./read-kept.ts";
import { writeSafely } from "./write-safely.ts";

/** The snapshot of a fake. Its files, in base64 by their SHA-256, never change, so they are written once. */
export interface Snapshot {
  readonly bytes: Readonly<Record<string, string>>;
}

/**
 * A folder for the snapshot of one fake: the state in one file, the bytes of every file in a separate one. Everything
 * else in it is deleted: files that the fake has deleted, and incomplete files of a killed process.
 */
export function keptSnapshot<S extends Snapshot>(folder: string) {
  const state = join(folder, "state.json");
  const written = new Set<string>();
  const fileOf = (digest: string): string => join(folder, digest);
  const keepOnly = async (digests: readonly string[]): Promise<void> => {
    const kept = new Set([basename(state), ...digests]);
    const others = (await readdir(folder)).filter((name) => !kept.has(name));
    for (const name of others) written.delete(name);
    await Promise.all(others.map((name) => rm(join(folder, name))));
  };
  return {
    read: async (): Promise<S | undefined> => {
      await makeFolder(folder);
      const kept = await readKept<Omit<S, "bytes"> & { readonly digests: readonly string[] }>(state);
      await keepOnly(kept?.digests ?? []);
      if (!kept) return undefined;
      const { digests, ...rest } = kept;
      const bytes: Record<string, string> = {};
      for (const digest of digests) {
        bytes[digest] = await readFile(fileOf(digest), "base64");
        written.add(digest);
      }
      return { ...rest, bytes } as unknown as S;
    },
    write: async ({ bytes, ...rest }: S): Promise<void> => {
      for (const [digest, base64] of Object.entries(bytes)) {
        if (written.has(digest)) continue;
        await writeSafely(fileOf(digest), Buffer.from(base64, "base64"));
        written.add(digest);
      }
      await writeSafely(state, JSON.stringify({ ...rest, digests: Object.keys(bytes) }));
      await keepOnly(Object.keys(bytes));
    },
  };
}
