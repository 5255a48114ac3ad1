import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { runStudio, type StudioProcess } from "./run-studio.ts";

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-studio-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A studio that is stopped when the test ends. */
export async function startStudio(folder: string, typed: readonly string[] = []): Promise<StudioProcess> {
  const studio = await runStudio(folder, typed);
  onTestFinished(async () => void (await studio.end("SIGKILL")));
  return studio;
}
