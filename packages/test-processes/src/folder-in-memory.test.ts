import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { folderInMemory, type FolderInMemoryOptions } from "./folder-in-memory.ts";
import { runProgram } from "./run-program.ts";

/** A place for folders, mounted in this way, that has room for one. */
function aPlace(mountedAs = "rw,nosuid"): Required<FolderInMemoryOptions> & { readonly program: string } {
  const memory = mkdtempSync(join(tmpdir(), "likeness-memory-"));
  onTestFinished(() => rmSync(memory, { recursive: true }));
  const [mounts, program] = [join(memory, "mounts"), join(memory, "program.mjs")];
  writeFileSync(mounts, `proc /proc proc rw,noexec 0 0\ntmpfs ${memory} tmpfs ${mountedAs} 0 0\n`);
  const options = { memory, mounts, neededBytes: 1_000, freeBytes: 1_000 };
  const lines = [
    `import { folderInMemory } from ${JSON.stringify(import.meta.resolve("./folder-in-memory.ts"))};`,
    `process.stdin.resume().once("end", () => process.exit());`,
    `console.log(folderInMemory(${JSON.stringify(options)}));`,
  ];
  writeFileSync(program, lines.join("\n"));
  return { ...options, program };
}

/** A process that has a folder, until its input ends. */
async function aProcess(program: string) {
  const run = runProgram(program, { onTestFinished });
  const [folder = ""] = await run.said(/.+(?=\n)/);
  return { run, folder };
}

it("makes a folder that is gone when its process has ended", async () => {
  const { run, folder } = await aProcess(aPlace().program);
  expect(existsSync(folder)).toBe(true);
  run.child.stdin.end();
  expect(await run.ended).toMatchObject({ code: 0 });
  expect(existsSync(folder)).toBe(false);
});

it.each(["SIGKILL", "SIGHUP"] as const)(
  "deletes the folder of a process that %s has ended, and no other",
  async (signal) => {
    const { program, ...options } = aPlace();
    const [ended, alive] = [await aProcess(program), await aProcess(program)];
    await ended.run.end(signal);
    expect(existsSync(ended.folder)).toBe(true);
    const own = folderInMemory(options) ?? "";
    expect([ended.folder, alive.folder, own].map((folder) => existsSync(folder))).toStrictEqual([false, true, true]);
  },
);

it("makes none where too little memory is free, or no place for files in it", () => {
  const { program: _, ...options } = aPlace();
  expect(folderInMemory({ ...options, freeBytes: 999 })).toBeUndefined();
  expect(folderInMemory({ ...options, freeBytes: 2 ** 60, neededBytes: 2 ** 60 })).toBeUndefined();
  expect(folderInMemory(options)).toBeDefined();
});

it("makes none where files may not be programs, and where no memory is mounted", () => {
  const { program: _, ...options } = aPlace("rw,noexec");
  expect(folderInMemory(options)).toBeUndefined();
  expect(folderInMemory({ ...options, memory: "/elsewhere" })).toBeUndefined();
  expect(folderInMemory({ ...options, mounts: "/no/such/list" })).toBeUndefined();
});
