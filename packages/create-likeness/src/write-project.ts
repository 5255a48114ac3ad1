import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { err, ok, type Result } from "neverthrow";
import type { Project } from "./compose-project.ts";

/** Why a folder cannot take a project. `detail` is for people. */
export interface FolderRefused {
  readonly type: "folder-refused";
  readonly detail: string;
}

const refused = (detail: string) => err({ type: "folder-refused", detail } as const);

/** What a folder may hold before a project is written: what a new repository has. */
const harmless: ReadonlySet<string> = new Set([".git", ".DS_Store"]);

/** Whether a project may be written there: into a new folder or an empty one. */
export function checkFolder(folder: string): Result<void, FolderRefused> {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (!found) return ok(undefined);
    if (!found.isDirectory()) return refused(`${folder} is a file. Name a folder that does not exist yet.`);
    const [first] = readdirSync(folder).filter((name) => !harmless.has(name));
    if (first === undefined) return ok(undefined);
    return refused(`${folder} is not empty: it has ${first}. Name a folder that does not exist yet, or an empty one.`);
  } catch (error) {
    return refused(`${folder} cannot be used: ${reasonOf(error)}`);
  }
}

/** Writes all files of a project, or none: without a pause, so that Ctrl-C is heard when it is done. */
export function writeProject(folder: string, project: Project): Result<void, FolderRefused> {
  return checkFolder(folder).andThen(() => {
    const hear = (): void => undefined;
    process.on("SIGINT", hear);
    // Files, and the topmost of folders that are new.
    const made: string[] = [];
    const makeFolder = (path: string): void => {
      const topmost = mkdirSync(path, { recursive: true });
      if (topmost !== undefined) made.push(topmost);
    };
    try {
      makeFolder(folder);
      for (const [path, content] of project) {
        const file = join(folder, path);
        makeFolder(dirname(file));
        // Fails for a file that exists meanwhile.
        writeFileSync(file, content, { flag: "wx" });
        made.push(file);
      }
      return ok(undefined);
    } catch (error) {
      for (const path of made) rmSync(path, { recursive: true, force: true });
      return refused(`${folder} could not be written: ${reasonOf(error)}`);
    } finally {
      process.off("SIGINT", hear);
    }
  });
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
