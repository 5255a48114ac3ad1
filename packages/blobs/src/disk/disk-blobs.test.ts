import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import {
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startProgram } from "@likeness/test-processes/run-program.ts";
import { brokenStream, bytesOf, describeBlobStore, streamOf, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { diskBlobs } from "./disk-blobs.ts";

const fixture = fileURLToPath(new URL("./__fixtures__/put-until-killed.ts", import.meta.url));
const hello = new TextEncoder().encode("hello");
const helloKey = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "blobs-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Every file below the directory, with its path from there. */
async function filesBelow(path = directory): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));
}

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const hashOf = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
const blobFiles = async () => (await filesBelow()).filter((file) => !file.startsWith("tmp"));

/** Starts the fixture and kills it at the first line it prints that matches. Returns the keys it had reported stored. */
async function killAt(matches: (line: string) => boolean | Promise<boolean>, ...options: string[]): Promise<string[]> {
  const { child, ended } = startProgram(fixture, { parameters: [directory, ...options] });
  child.stderr.pipe(process.stderr);
  const stored: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("stored ")) stored.push(line.slice("stored ".length));
    if (await matches(line)) child.kill("SIGKILL");
  }
  expect(await ended).toStrictEqual({ code: null, signal: "SIGKILL" });
  return stored;
}

describeBlobStore("disk", async () => diskBlobs(directory));

describe("diskBlobs", () => {
  it("names a blob by its SHA-256, two directories deep, and keeps nothing else", async () => {
    expect(await diskBlobs(directory).put(hello)).toStrictEqual(ok(helloKey));
    expect(await filesBelow()).toStrictEqual([join("2c", "f2", helloKey)]);
  });

  it.skipIf(process.platform === "win32")("lets no other user read: files 0600, directories 0700", async () => {
    const root = join(directory, "made", "here");
    await diskBlobs(root).put(hello);
    expect(await mode(join(root, "2c", "f2", helloKey))).toBe("600");
    const directories = [join(directory, "made"), root, join(root, "tmp"), join(root, "2c"), join(root, "2c", "f2")];
    expect(await Promise.all(directories.map(mode))).toStrictEqual(["700", "700", "700", "700", "700"]);
  });

  it.skipIf(process.platform !== "linux")("flushes a file, and then what leads to it, before it answers", async () => {
    const root = await open(directory);
    const prototype: FileHandle = Object.getPrototypeOf(root);
    await root.close();
    const flushed: string[] = [];
    const sync = prototype.sync;
    const spy = vi.spyOn(prototype, "sync").mockImplementation(async function (this: FileHandle) {
      flushed.push(await readlink(`/proc/self/fd/${this.fd}`));
      return sync.call(this);
    });
    onTestFinished(() => spy.mockRestore());
    await diskBlobs(directory).put(hello);
    const file = expect.stringContaining(join(directory, "tmp", "/"));
    const level = join(directory, "2c");
    expect(flushed).toStrictEqual([directory, file, join(level, "f2"), level, directory]);
  });

  it("leaves the first copy as it is when the same bytes come again", async () => {
    const blobs = diskBlobs(directory);
    await blobs.put(hello);
    const before = await stat(join(directory, "2c", "f2", helloKey));
    expect(await blobs.put(streamOf(hello.subarray(0, 2), hello.subarray(2)))).toStrictEqual(ok(helloKey));
    const after = await stat(join(directory, "2c", "f2", helloKey));
    expect(after.ino).toBe(before.ino);
    expect(await filesBelow()).toHaveLength(1);
  });

  it("stores the same bytes put twenty times in parallel once", async () => {
    const twice = [diskBlobs(directory), diskBlobs(directory)];
    const puts = await Promise.all(twice.flatMap((blobs) => Array.from({ length: 10 }, () => blobs.put(hello))));
    expect(puts).toStrictEqual(Array.from({ length: 20 }, () => ok(helloKey)));
    expect(await filesBelow()).toStrictEqual([join("2c", "f2", helloKey)]);
  });

  it("leaves nothing behind when the stream fails halfway", async () => {
    expect(await diskBlobs(directory).put(brokenStream(hello))).toStrictEqual(
      err({ type: "blob-failure", cause: new Error("the stream broke") }),
    );
    expect(await filesBelow()).toStrictEqual([]);
  });

  it.skipIf(process.platform === "win32")("leaves nothing behind when the disk takes no more", async () => {
    // A limit on the size of files makes write(2) fail as a full disk does, halfway through the blob.
    const put = `const { diskBlobs } = await import(${JSON.stringify(new URL("./disk-blobs.ts", import.meta.url))});
      const result = await diskBlobs(process.argv[1]).put(new Uint8Array(1_000_000));
      console.log(result.isErr() ? result.error.type + " " + result.error.cause.code : "stored");`;
    const script = 'ulimit -f 16; exec "$0" --input-type=module --eval "$1" "$2"';
    const { stdout } = await promisify(execFile)("sh", ["-c", script, process.execPath, put, directory]);
    expect(stdout.trim()).toBe("blob-failure EFBIG");
    expect(await filesBelow()).toStrictEqual([]);
  });

  it("takes away the levels that a deletion leaves empty, and no others", async () => {
    const blobs = diskBlobs(directory);
    await blobs.put(hello);
    await writeFile(join(directory, "2c", "file"), "of somebody");
    expect(await blobs.delete(helloKey)).toStrictEqual(ok(undefined));
    expect(await readdir(join(directory, "2c"))).toStrictEqual(["file"]);
    await rm(join(directory, "2c", "file"));
    await blobs.put(hello);
    expect(await blobs.delete(helloKey)).toStrictEqual(ok(undefined));
    expect(await readdir(directory)).toStrictEqual(["tmp"]);
  });

  it("stores a blob while its level is taken away again and again", async () => {
    const [blobs, other] = [diskBlobs(directory), diskBlobs(directory)];
    for (let round = 0; round < 30; round += 1) {
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? blobs.put(hello) : other.delete(helloKey))),
      );
      expect(results.filter((result) => result.isErr())).toStrictEqual([]);
    }
    expect(await blobs.put(hello)).toStrictEqual(ok(helloKey));
    expect(await blobs.stat(helloKey)).toStrictEqual(ok({ bytes: 5 }));
  });

  it("reads a blob that is deleted meanwhile to its end", async () => {
    const blobs = diskBlobs(directory);
    const bytes = Buffer.alloc(1_000_000, "likeness");
    const key = await valueOf(blobs.put(bytes));
    const stream = await valueOf(blobs.get(key));
    await blobs.delete(key);
    expect(bytes.equals(await bytesOf(stream))).toBe(true);
    expect(await blobs.stat(key)).toStrictEqual(err({ type: "blob-not-found", key }));
  });

  it.skipIf(process.platform !== "linux")("closes its file when the reader is done or walks away", async () => {
    const blobs = diskBlobs(directory);
    const key = await valueOf(blobs.put(Buffer.alloc(1_000_000)));
    const openFiles = async () => {
      const links = await Promise.allSettled(
        (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`)),
      );
      return links.filter((link) => link.status === "fulfilled" && link.value.endsWith(key)).length;
    };
    const left = await valueOf(blobs.get(key));
    expect(await openFiles()).toBe(1);
    await left.getReader().cancel();
    await bytesOf(await valueOf(blobs.get(key)));
    expect(await openFiles()).toBe(0);
  });

  it("never makes a path out of a name that is not a key", async () => {
    const blobs = diskBlobs(join(directory, "blobs"));
    await writeFile(join(directory, "secret"), "secret");
    for (const key of [
      "",
      "..",
      "../secret",
      "../../secret",
      helloKey.toUpperCase(),
      helloKey.slice(1),
      `${helloKey}\n`,
    ]) {
      expect(await blobs.get(key)).toStrictEqual(err({ type: "blob-not-found", key }));
      expect(await blobs.stat(key)).toStrictEqual(err({ type: "blob-not-found", key }));
      expect(await blobs.delete(key)).toStrictEqual(ok(undefined));
    }
    expect(await filesBelow()).toStrictEqual(["secret"]);
  });

  it("reports a directory that cannot be one as a failure, not as a missing blob", async () => {
    await writeFile(join(directory, "file"), "");
    const blobs = diskBlobs(join(directory, "file"));
    const failure = { type: "blob-failure", cause: expect.objectContaining({ code: "ENOTDIR" }) };
    expect(await blobs.put(hello)).toStrictEqual(err(failure));
    expect(await blobs.get(helloKey)).toStrictEqual(err(failure));
    expect(await blobs.stat(helloKey)).toStrictEqual(err(failure));
  });

  it("removes what a process elsewhere left more than an hour ago, and nothing younger", async () => {
    const temporary = join(directory, "tmp");
    await mkdir(temporary);
    const elsewhere = `0123456789abcdef.${process.pid}.1.${randomUUID()}`;
    const minute = 60;
    for (const [name, age] of [
      ["young", 59 * minute],
      ["old", 61 * minute],
      [elsewhere, 59 * minute],
    ] as const) {
      await writeFile(join(temporary, name), "half a blob");
      const then = Date.now() / 1000 - age;
      await utimes(join(temporary, name), then, then);
    }
    await diskBlobs(directory).put(hello);
    expect((await readdir(temporary)).toSorted()).toStrictEqual([elsewhere, "young"]);
  });
});

describe.skipIf(process.platform === "win32")("diskBlobs where another user planted something", () => {
  let outside: string;
  beforeEach(async () => {
    outside = await mkdtemp(join(tmpdir(), "outside-"));
    onTestFinished(() => rm(outside, { recursive: true }));
  });

  const failure = (message: string) => err({ type: "blob-failure", cause: new Error(message) });

  const levels = [
    ["2c", join("f2", helloKey)],
    [join("2c", "f2"), helloKey],
  ] as const;

  it.each(levels)(
    "follows no link in place of the folder %s: not to read, to write or to delete",
    async (level, rest) => {
      const blobs = diskBlobs(directory);
      await blobs.put(hello);
      await rename(join(directory, level), join(outside, "moved"));
      await symlink(join(outside, "moved"), join(directory, level));
      const refused = failure(`${join(directory, level)} is not a folder`);
      expect(await blobs.get(helloKey)).toStrictEqual(refused);
      expect(await blobs.stat(helloKey)).toStrictEqual(refused);
      expect(await blobs.put(hello)).toStrictEqual(refused);
      expect(await blobs.delete(helloKey)).toStrictEqual(refused);
      expect(await filesBelow(outside)).toStrictEqual([join("moved", rest)]);
      expect(await filesBelow()).toStrictEqual([]);
    },
  );

  it.each(levels)("makes no folder and no file behind a link in place of the folder %s", async (level) => {
    await mkdir(join(directory, level, ".."), { recursive: true });
    await symlink(outside, join(directory, level));
    expect(await diskBlobs(directory).put(hello)).toStrictEqual(failure(`${join(directory, level)} is not a folder`));
    expect(await readdir(outside)).toStrictEqual([]);
  });

  it("writes no file and removes none behind a link in place of its temporary folder", async () => {
    await writeFile(join(outside, "old"), "of another user");
    await utimes(join(outside, "old"), 1, 1);
    await symlink(outside, join(directory, "tmp"));
    expect(await diskBlobs(directory).put(hello)).toStrictEqual(failure(`${join(directory, "tmp")} is not a folder`));
    expect(await readdir(outside)).toStrictEqual(["old"]);
  });

  const plants: [string, (path: string) => Promise<unknown>][] = [
    ["a link to a file", (path) => symlink(join(outside, "secret"), path)],
    ["a link that leads nowhere", (path) => symlink(join(outside, "nowhere"), path)],
    ["a link to a device", (path) => symlink("/dev/zero", path)],
    ["a pipe", (path) => promisify(execFile)("mkfifo", [path])],
  ];
  it.each(plants)("neither reads nor keeps %s in place of a blob, and deletes its name alone", async (_, plant) => {
    await writeFile(join(outside, "secret"), "secret");
    const path = join(directory, "2c", "f2", helloKey);
    await mkdir(join(directory, "2c", "f2"), { recursive: true });
    await plant(path);
    const blobs = diskBlobs(directory);
    const refused = failure(`${path} is not a file`);
    expect(await blobs.get(helloKey)).toStrictEqual(refused);
    expect(await blobs.stat(helloKey)).toStrictEqual(refused);
    expect(await blobs.put(hello)).toStrictEqual(refused);
    expect(await blobs.delete(helloKey)).toStrictEqual(ok(undefined));
    await expect(lstat(path)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await filesBelow(outside)).toStrictEqual(["secret"]);
    expect(await blobs.put(hello)).toStrictEqual(ok(helloKey));
  });

  it("takes a folder in place of a blob for a failure", async () => {
    const path = join(directory, "2c", "f2", helloKey);
    await mkdir(path, { recursive: true });
    const blobs = diskBlobs(directory);
    const refused = failure(`${path} is not a file`);
    expect(await blobs.get(helloKey)).toStrictEqual(refused);
    expect(await blobs.stat(helloKey)).toStrictEqual(refused);
    expect(await blobs.put(hello)).toStrictEqual(refused);
    expect((await blobs.delete(helloKey)).isErr()).toBe(true);
  });

  it("follows a link to the directory itself, which is the operator's to choose", async () => {
    await symlink(outside, join(directory, "blobs"));
    const blobs = diskBlobs(join(directory, "blobs"));
    expect(await blobs.put(hello)).toStrictEqual(ok(helloKey));
    expect(await blobs.stat(helloKey)).toStrictEqual(ok({ bytes: 5 }));
    expect(await blobs.delete(helloKey)).toStrictEqual(ok(undefined));
    expect(await filesBelow(outside)).toStrictEqual([]);
  });
});

const temporaryFiles = () => readdir(join(directory, "tmp"));

describe.skipIf(process.platform === "win32")("diskBlobs in a process that is killed", () => {
  it("leaves what it wrote to the next start, which takes it away at once", async () => {
    await killAt((line) => line.endsWith(" 4"), "4");
    expect(await temporaryFiles()).toHaveLength(1);
    diskBlobs(directory);
    await expect.poll(temporaryFiles).toStrictEqual([]);
  });

  it("leaves it to the next deletion by another process in the folder", async () => {
    const blobs = diskBlobs(directory);
    await killAt((line) => line.endsWith(" 4"), "4");
    await blobs.delete(helloKey);
    expect(await temporaryFiles()).toStrictEqual([]);
  });

  it.skipIf(process.platform !== "linux")("keeps its file while it lives, however long it is silent", async () => {
    const kept: string[] = [];
    await killAt(async (line) => {
      if (!line.endsWith(" 4")) return false;
      for (const file of await temporaryFiles()) await utimes(join(directory, "tmp", file), 1, 1);
      await diskBlobs(directory).put(hello);
      kept.push(...(await temporaryFiles()));
      return true;
    }, "4");
    expect(kept).toHaveLength(1);
  });

  it("has no blob of a put that was cut off in the middle", async () => {
    const stored = await killAt((line) => line.endsWith(" 4"), "4");
    expect(stored).toStrictEqual([]);
    expect(await blobFiles()).toStrictEqual([]);
    expect(await filesBelow()).toHaveLength(1);
  });

  it("has only whole blobs, and every one it had reported, whenever it dies", async () => {
    for (const lines of [9, 10, 17, 18, 19, 27, 36, 45]) {
      let seen = 0;
      const stored = await killAt(() => ++seen === lines);
      const files = await blobFiles();
      const keys = files.map((file) => file.split("/").at(-1));
      expect(keys).toEqual(expect.arrayContaining(stored));
      expect(await Promise.all(files.map((file) => hashOf(join(directory, file))))).toStrictEqual(keys);
    }
  });
});
