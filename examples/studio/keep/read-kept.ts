import { readFile } from "node:fs/promises";

/** Reads a stored JSON file; `undefined` if there is none. Throws an error for people if it is damaged. */
export async function readKept<T>(file: string): Promise<T | undefined> {
  try {
    const kept: T = JSON.parse(await readFile(file, "utf8"));
    return kept;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be read (${why}). To begin anew, delete its folder.`, { cause: error });
  }
}
