import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { archiveFolder, openArchiveFile } from "./archive-file.ts";
import { sweepArchives } from "./sweep-archives.ts";

const uuid = "0e0d6a5c-4c5a-4b1f-9d53-0d5b8a4c1e11";

/** A process that lives until the test is over, or has ended. */
async function processId(lives: boolean): Promise<number> {
  const child = spawn(process.execPath, ["-e", lives ? "setInterval(() => {}, 1000)" : ""], { stdio: "ignore" });
  const exited = once(child, "exit");
  if (!lives) await exited;
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  return child.pid ?? 0;
}

/** What of these files, by name and hours since they were touched, is left after a sweep. */
async function left(files: Readonly<Record<string, number>>): Promise<string[]> {
  const directory = await temporaryFolder();
  const folder = archiveFolder(directory);
  await mkdir(folder);
  for (const [name, hours] of Object.entries(files)) {
    await writeFile(join(folder, name), "photos");
    const touched = new Date(Date.now() - hours * 3_600_000);
    await utimes(join(folder, name), touched, touched);
  }
  await sweepArchives(directory);
  return readdir(folder);
}

describe("sweepArchives", () => {
  it("removes at once what a process that died has left", async () => {
    expect(await left({ [`${await processId(false)}.${uuid}.zip`]: 0 })).toStrictEqual([]);
  });

  it("removes what an earlier process with the number of this one has left", async () => {
    expect(await left({ [`${process.pid}.${uuid}.zip`]: 0 })).toStrictEqual([]);
  });

  it("leaves what a living process may be uploading, for a day", async () => {
    const name = `${await processId(true)}.${uuid}.zip`;
    expect(await left({ [name]: 23 })).toStrictEqual([name]);
    expect(await left({ [name]: 25 })).toStrictEqual([]);
  });

  it("leaves what this process is uploading", async () => {
    const directory = await temporaryFolder();
    const file = await openArchiveFile(directory);
    onTestFinished(() => file.close());
    await file.handle.writeFile("photos");
    await sweepArchives(directory);
    expect((await file.handle.stat()).size).toBe(6);
  });

  it("removes what an earlier version has left, once it cannot be in use any more", async () => {
    const name = `${"ab".repeat(32)}.zip`;
    expect(await left({ [name]: 0.5 })).toStrictEqual([name]);
    expect(await left({ [name]: 1.5 })).toStrictEqual([]);
  });

  it("removes nothing but archives, and is content where there is no folder", async () => {
    expect(await left({ "notes.txt": 48 })).toStrictEqual(["notes.txt"]);
    await sweepArchives(await temporaryFolder());
  });
});
