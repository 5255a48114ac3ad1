import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArchiveEntry } from "@likeness/core";
import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { anEntry, readZip } from "../__fixtures__/archives.ts";
import { temporaryFolder } from "../__fixtures__/temporary-folder.ts";
import { writeArchive } from "./write-archive.ts";

const entries = [anEntry("photo_001.jpg", "first"), anEntry("photo_002.jpg", ""), anEntry("photo_003.jpg", "фото")];

const write = async (...content: readonly ArchiveEntry[]) => {
  const path = join(await temporaryFolder(), "set.zip");
  const handle = await open(path, "wx+");
  const result = await writeArchive({ name: "set", entries: content }, handle);
  await handle.close();
  return { path, result };
};

describe("writeArchive", () => {
  it("packs the photos in their order and as they are", async () => {
    const { path, result } = await write(...entries);
    expect(result).toStrictEqual(ok(undefined));
    expect(await readZip(path)).toStrictEqual([
      { file: "photo_001.jpg", compressed: false, text: "first" },
      { file: "photo_002.jpg", compressed: false, text: "" },
      { file: "photo_003.jpg", compressed: false, text: "фото" },
    ]);
  });

  it("makes the same bytes of the same photos, at any time and in any time zone", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => {
      vi.useRealTimers();
      vi.unstubAllEnvs();
    });
    const archives = [];
    for (const [zone, now] of [
      ["UTC", "2026-11-23T06:00:00Z"],
      ["Asia/Almaty", "2027-01-01T00:00:00Z"],
    ] as const) {
      vi.stubEnv("TZ", zone);
      vi.setSystemTime(now);
      archives.push(await readFile((await write(...entries)).path));
    }
    expect(archives[0]).toStrictEqual(archives[1]);
  });

  it.each([
    ["shorter", "12345", 6],
    ["longer", "12345", 4],
    ["empty, announced as something", "", 1],
    ["something, announced as empty", "1", 0],
  ])("fails when a photo is %s than announced", async (_name, text, bytes) => {
    const { result } = await write(anEntry("photo_001.jpg", text, bytes), anEntry("photo_002.jpg", "next"));
    expect(result).toStrictEqual(
      err({ type: "blob-failure", cause: new Error(`photo_001.jpg is not as long as announced (${bytes} bytes)`) }),
    );
  });

  it("stops reading an endless photo where it should have ended, and closes it", async () => {
    let closed = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
      cancel: () => void (closed = true),
    });
    const { result } = await write({ file: "photo_001.jpg", bytes: 4096, open: () => okAsync(endless) });
    expect(result.isErr()).toBe(true);
    expect(closed).toBe(true);
  });

  it("passes on why a photo cannot be opened", async () => {
    const missing = { type: "blob-not-found", key: "abc" } as const;
    const { result } = await write(anEntry("photo_001.jpg", "1"), {
      file: "photo_002.jpg",
      bytes: 1,
      open: () => errAsync(missing),
    });
    expect(result).toStrictEqual(err(missing));
  });

  it("says so when a photo breaks off", async () => {
    const cause = new Error("disk on fire");
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) });
    const { result } = await write({ file: "photo_001.jpg", bytes: 3, open: () => okAsync(broken) });
    expect(result).toStrictEqual(err({ type: "blob-failure", cause }));
  });

  it("closes the photo it was reading when the file cannot be written", async () => {
    let closed = false;
    const stream = new ReadableStream<Uint8Array>({ cancel: () => void (closed = true) });
    const path = join(await temporaryFolder(), "set.zip");
    await writeFile(path, "");
    const readOnly = await open(path, "r");
    onTestFinished(() => readOnly.close());
    const entry = { file: "photo_001.jpg", bytes: 3, open: () => okAsync(stream) };
    const result = await writeArchive({ name: "set", entries: [entry] }, readOnly);
    expect(result._unsafeUnwrapErr()).toMatchObject({ type: "silence" });
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(true);
  });
});
