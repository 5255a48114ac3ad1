import { checksOf, found, runChecks, type BlobStore, type Check, type Found } from "@likeness/core";
import { okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testClock } from "../clock/test-clock.ts";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";

const never = new Promise<never>(() => undefined);
const lookAt = async (blobs: BlobStore): Promise<readonly Found[]> => {
  const [check] = checksOf({ clock: testClock(), blobs });
  return (await check?.look(new AbortController().signal)) ?? [];
};

describe("runChecks", () => {
  it("says what each has found, in their order, while one throws and one hangs", async () => {
    const clock = testClock();
    let aborted = false;
    const hangs: Check = {
      name: "hangs",
      seconds: 20,
      look: (signal) => {
        signal.addEventListener("abort", () => (aborted = true));
        return never;
      },
    };
    const throwing = (): never => {
      throw new Error("oh");
    };
    const running = runChecks({ clock }, [
      hangs,
      { name: "late", seconds: 2, late: found.broken("nothing listens", "start it"), look: () => never },
      { name: "throws", look: throwing },
      { name: "rejects", look: async () => throwing() },
      { name: "well", look: async () => [found.ok("yes"), found.warning("but", "look")] },
    ]);
    await clock.advance(20);
    const { broken, findings } = await running;
    expect([broken, aborted]).toStrictEqual([true, true]);
    expect(findings.map(({ check, verdict, what }) => `${check} ${verdict} ${what}`)).toStrictEqual([
      "hangs broken no answer within 20 s",
      "late broken nothing listens",
      "throws broken it could not be looked at: oh",
      "rejects broken it could not be looked at: oh",
      "well ok yes",
      "well warning but",
    ]);
  });

  it("keeps what others said on one line, without anything that steers a terminal", async () => {
    const hostile = "a\n\u001b[31mred\u001b[0m\u0007 \u202eevil\u202c \u2066x" + "y".repeat(500);
    const { findings } = await runChecks({ clock: testClock() }, [
      { name: "hostile", look: async () => [found.broken(hostile, hostile)] },
      { name: "many", look: async () => Array.from({ length: 99 }, () => found.ok("x")) },
    ]);
    const [first] = findings;
    for (const text of [first?.what, first?.whatToDo]) {
      expect(text).toMatch(/^a \[31mred\[0m evil xy+…$/);
      expect(text?.length).toBeLessThanOrEqual(300);
    }
    expect(findings).toHaveLength(31);
  });
});

describe("the check of blobs", () => {
  it("leaves nothing behind", async () => {
    const blobs = memoryBlobStore();
    const before = JSON.stringify(blobs);
    expect(await lookAt(blobs)).toStrictEqual([found.ok("written, read back and deleted")]);
    expect(JSON.stringify(blobs)).toBe(before);
  });

  it.each<[string, Partial<BlobStore>, string]>([
    ["other bytes", { get: () => okAsync(new Blob(["other"]).stream()) }, "other bytes are read than were written"],
    ["fewer bytes", { get: () => okAsync(new Blob([]).stream()) }, "other bytes are read than were written"],
    ["nothing", { get: (key) => memoryBlobStore().get(key) }, "what was written cannot be found again"],
  ])("finds a store that returns %s", async (_, broken, what) => {
    const blobs = memoryBlobStore();
    const deleted: string[] = [];
    const given = { ...blobs, ...broken, delete: (key: string) => (deleted.push(key), blobs.delete(key)) };
    expect(await lookAt(given)).toMatchObject([{ verdict: "broken", what }]);
    expect(deleted).toHaveLength(1);
  });
});
