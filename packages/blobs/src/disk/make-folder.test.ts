import { mkdtemp, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeFolder } from "./make-folder.ts";

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-folder-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe("makeFolder", () => {
  it("makes what is missing, for its owner alone, and says where it began", async () => {
    const folder = await temporaryFolder();
    expect(await makeFolder(join(folder, "a", "b", "c"))).toBe(join(folder, "a"));
    expect((await stat(join(folder, "a", "b", "c"))).mode & 0o777).toBe(0o700);
    expect(await makeFolder(join(folder, "a", "b", "c"))).toBeUndefined();
    expect(await makeFolder("/")).toBeUndefined();
  });

  it("is fine with several that make the same one, and with a link to a folder", async () => {
    const folder = await temporaryFolder();
    await Promise.all(Array.from({ length: 10 }, () => makeFolder(join(folder, "a", "b"))));
    await symlink(join(folder, "a"), join(folder, "link"));
    expect(await makeFolder(join(folder, "link", "b"))).toBeUndefined();
  });

  it("rejects where a file is in the way", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    await expect(makeFolder(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(makeFolder(join(folder, "file", "a"))).rejects.toMatchObject({ code: "ENOTDIR" });
  });

  it.runIf(process.platform === "linux")("ends where the file system makes no folders", async () => {
    await expect(makeFolder("/proc/likeness")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(makeFolder("/proc/likeness/a/b")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
