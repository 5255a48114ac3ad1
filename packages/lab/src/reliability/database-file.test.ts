import { join } from "node:path";
import { systemClock } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import Database from "better-sqlite3";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import type { OpenOptions } from "../crash/engines/engine.ts";
import { openSqlite, sqlite } from "../crash/engines/sqlite.ts";
import { draft } from "../crash/host/place-order.ts";
import { expectHealed, ready } from "./expect-healed.ts";
import { openHostStage, owner, running, until } from "./host-stage.ts";

const settledDelivery = `insert into likeness_webhook_inbox
  (id, source, request_id, digest, order_id, headers, body, received_at, verified, outcome, settled_at)
  values (hex(randomblob(8)), 'example', hex(randomblob(8)), '', null, '{}', hex(randomblob(450)), $now, 1, 'applied', $now)`;

/** Fills what a connection may use of its file. Several refusals in a row: one alone may be about a page of an index. */
function fill(database: Database.Database): void {
  database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);
  const insert = database.prepare(settledDelivery);
  for (let refusals = 0; refusals < 20;)
    try {
      insert.run({ now: systemClock.now() });
      refusals = 0;
    } catch (error) {
      expect(error).toMatchObject({ code: "SQLITE_FULL" });
      refusals++;
    }
}

const makeSpace = (database: Database.Database): unknown => database.pragma("max_page_count = 1000000");

describe.concurrent("the file of SQLite", { timeout: 400_000 }, () => {
  it("D6: is shared by three processes that train at once, and none finds it busy", async (test) => {
    const owners = Array.from({ length: 12 }, (_, index) => `telegram:${index + 1}`);
    const stage = await openHostStage(test, { owners, behaviour: { webhook: { repeat: 2, parallel: true } } });
    const processes = Array.from({ length: 3 }, () => stage.start());
    await Promise.all(processes.map(({ ready: isReady }) => isReady));
    const answers = await Promise.all(
      owners.map(async (each, index) =>
        processes[index % 3]?.order({ kind: "training", owner: each, key: "the-order" }),
      ),
    );
    expect(answers).toStrictEqual(owners.map(() => "ordered"));
    expect((await expectHealed(stage)).orders).toMatchObject(owners.map(() => ready));
    expect(stage.written()).not.toMatch(/SQLITE_BUSY|database is locked/);
  });

  it("D7: is full: a start is refused before it is paid, a webhook is 503, and both go on when there is space", async (test) => {
    const stage = await openHostStage(test);
    let database: Database.Database | undefined;
    const open = async (file: string, options: OpenOptions) => {
      const opened = await openSqlite(file, options);
      database = opened.database;
      return opened;
    };
    const host = await stage.host({ open });
    const { likeness } = host;
    const { id: avatarId } = await draft(host, owner);
    if (!database) throw new Error("the host has opened no database");
    // Not small enough for what is left of a page that is begun.
    const order = () => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "k".repeat(20_000) });

    fill(database);
    expect(await order()).toStrictEqual(
      err({ type: "storage-failure", cause: expect.objectContaining({ code: "SQLITE_FULL" }) }),
    );
    expect(stage.fal.requests).toStrictEqual([]);
    makeSpace(database);
    stage.fal.control.next({ outcome: "never" });
    const { id } = await valueOf(order());
    await until(async () => (await host.training(id)).state.status === "submitted");

    fill(database);
    await stage.fal.control.finish(stage.fal.control.accepted()[0]?.requestId ?? "");
    makeSpace(database);
    expect(stage.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([503]);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
  });

  it("D10: is yesterday's: a webhook of the time between is kept, with an alarm", async (test) => {
    const stage = await openHostStage(test);
    const { database, folder } = stage.settings;
    const backup = join(folder, "backup.db");
    const today = await stage.host();
    await draft(today, owner);
    const copy = new Database(database, { readonly: true });
    copy.prepare("vacuum into ?").run(backup);
    copy.close();
    const { id, requestId } = await running(stage, today);
    await today.close();

    const { log } = await stage.host({ database: backup });
    await stage.fal.control.finish(requestId);
    expect(stage.fal.control.deliveries().map(({ answer }) => answer)).toStrictEqual([200]);
    const watched = sqlite.watch(backup);
    test.onTestFinished(watched.close);
    expect((await expectHealed({ ...stage, watched }, { owners: [] })).orders).toStrictEqual([]);
    expect(
      await watched.db.selectFrom("likeness_webhook_inbox").select(["order_id", "outcome"]).execute(),
    ).toStrictEqual([{ order_id: id, outcome: "unknown_order" }]);
    expect(log.entries.filter(({ level }) => level === "error").map(({ message }) => message)).toStrictEqual([
      "a webhook names an order that does not exist",
    ]);
    expect(stage.paid.posts(id)).toBe(1);
  });
});
