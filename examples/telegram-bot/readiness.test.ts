import { join } from "node:path";
import { silentLog, systemClock } from "@likeness/core";
import { testClock } from "@likeness/testing";
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
    const { checks, started } = readiness(storage, ending.signal, systemClock);
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
      systemClock,
    );
    expect((await checks["database"]?.())?.isOk()).toBe(true);
    expect((await checks["migrations"]?.())?.isOk()).toBe(false);
  });

  it("names the database, and not its tables, when nothing can be written", async () => {
    const full = { type: "database-not-writable", reason: "disk-full", detail: "no space left on device" } as const;
    const { checks } = readiness(
      { ready: () => errAsync(full), queueReady: () => okAsync(undefined) },
      new AbortController().signal,
      systemClock,
    );
    expect((await checks["database"]?.())?.isOk()).toBe(false);
    expect((await checks["migrations"]?.())?.isOk()).toBe(true);
  });

  it("waits until a balancer has heard of the end, and not long for one that is gone", async () => {
    const clock = testClock();
    const ending = new AbortController();
    const ready = () => okAsync(undefined);
    const { checks, noticed } = readiness({ ready, queueReady: ready }, ending.signal, clock);
    const ends: string[] = [];
    const wait = (which: string) => void noticed().then(() => ends.push(which));

    wait("never asked");
    await clock.advance(0);
    expect(ends).toStrictEqual(["never asked"]);

    await checks["queue"]?.();
    await clock.advance(14);
    ending.abort();
    wait("heard");
    await clock.advance(2);
    expect(ends).toHaveLength(1);
    await checks["queue"]?.();
    await clock.advance(0);
    expect(ends).toStrictEqual(["never asked", "heard"]);

    wait("asked no more");
    await clock.advance(4);
    expect(ends).toHaveLength(2);
    await clock.advance(1);
    expect(ends).toStrictEqual(["never asked", "heard", "asked no more"]);

    await clock.advance(15);
    wait("asked long ago");
    await clock.advance(0);
    expect(ends).toHaveLength(4);
  });
});
