import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { isWriterAlive, newTemporaryName } from "./temporary-name.ts";

/** A name of this process with some of its parts changed. */
async function nameWith(changed: { place?: string; pid?: number; start?: number }): Promise<string> {
  const [place, pid, start, own] = (await newTemporaryName()).split(".");
  return [changed.place ?? place, changed.pid ?? pid, changed.start ?? start, own].join(".");
}

async function pidOfTheDead(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("isWriterAlive", () => {
  it("knows that a process is gone", async () => {
    expect(await isWriterAlive(await nameWith({ pid: await pidOfTheDead() }))).toBe(false);
  });

  it("says nothing about what ran elsewhere, nor about what gave another name", async () => {
    expect(await isWriterAlive(await nameWith({ place: "0123456789abcdef" }))).toBeUndefined();
    expect(await isWriterAlive("3b241101-e2bb-4255-8caf-4136c566a962")).toBeUndefined();
  });

  it.skipIf(process.platform !== "linux")("tells this process from an earlier one with its number", async () => {
    expect(await isWriterAlive(await nameWith({}))).toBe(true);
    expect(await isWriterAlive(await nameWith({ start: 1 }))).toBe(false);
  });
});
