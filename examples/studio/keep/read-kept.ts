import { readFile } from "node:fs/promises";

/** What was written there as JSON; undefined if nothing ever was. Throws in plain words if it is damaged. */
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
