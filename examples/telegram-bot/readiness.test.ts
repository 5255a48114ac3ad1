import { join } from "node:path";
import { silentLog, systemClock } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";
import { openStorage } from "./storage/open-storage.ts";
import { readiness } from "./readiness.ts";

describe("readiness", () => {
  it("takes a database, its tables and a queue that runs", async () => {
    const storage = await openStorage(
      { type: "sqlite", file: join(await temporaryFolder(), "likeness.db") },
      systemClock,
      silentLog,
    );
    const ending = new AbortController();
    const { checks, started } = readiness(storage, ending.signal);
    const failing = async () => {
      const asked = Object.entries(checks).map(async ([name, check]) => ((await check()).isErr() ? [name] : []));
      return (await Promise.all(asked)).flat();
    };
    expect(await failing()).toStrictEqual(["queue"]);
    started();
    expect(await failing()).toStrictEqual([]);
    ending.abort();
    expect(await failing()).toStrictEqual(["queue"]);
    await storage.close();
    expect(await failing()).toStrictEqual(["database", "migrations", "queue"]);
  });

  it("tells old tables from a database that is down", async () => {
    const pending = { type: "migrations-pending", migrations: ["0002"] } as const;
    const { checks } = readiness(
      { ready: () => errAsync(pending), queueReady: () => okAsync(undefined) },
      new AbortController().signal,
    );
    expect((await checks["database"]?.())?.isOk()).toBe(true);
    expect((await checks["migrations"]?.())?.isOk()).toBe(false);
  });
});
