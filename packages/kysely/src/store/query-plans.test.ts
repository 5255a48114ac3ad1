import { createLikeness, type PictureFilter } from "@likeness/core";
import {
  anAvatar,
  anImageOrder,
  anImageSnapshot,
  aPicture,
  aPictureFile,
  testClock,
  testPorts,
  testStart,
  valueOf,
} from "@likeness/testing";
import type { Database } from "better-sqlite3";
import type { CompiledQuery } from "kysely";
import { describe, expect, it } from "vitest";
import { buryJob, claimJobs, extendLease, putBackJob } from "../sqlite/job-statements.ts";
import { sqliteJobQueue } from "../sqlite/sqlite-job-queue.ts";
import { notingCalls } from "../__fixtures__/noting-calls.ts";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { useEverything } from "../__fixtures__/use-everything.ts";
import { kyselyStore } from "./kysely-store.ts";
import { pictureRepository } from "./picture-repository.ts";

const now = testStart;

/** What SQLite does to answer a statement, one line a step. */
function planOf(database: Database, { sql, parameters }: CompiledQuery): string[] {
  const steps = database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[];
  return steps.map(({ detail }) => detail);
}

/** Ways of looking through pictures. */
const galleries: [string, PictureFilter, string][] = [
  ["of an owner", { ownerId: "owner:1" }, "likeness_picture_of_owner"],
  ["of an avatar", { ownerId: "owner:1", avatarId: "any" }, "likeness_picture_of_avatar"],
  ["among favourites", { ownerId: "owner:1", favourites: true }, "likeness_picture_favourite"],
  [
    "among favourites of an avatar",
    { ownerId: "owner:1", avatarId: "any", favourites: true },
    "likeness_picture_favourite_of_avatar",
  ],
];

describe("the tables", () => {
  it("have an index for every question that is asked", async () => {
    const asked: CompiledQuery[] = [];
    const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
    asked.length = 0;
    const noting = notingCalls(kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: testClock() }).within }));
    await useEverything(noting.store);
    expect(noting.uncalled()).toStrictEqual([]);
    const ofKind = ["example.work", "another.kind"].map((kind) => [kind, 1] as const);
    const claim = () => claimJobs(db, { ofKind, inAll: 1 }, { now, until: now, owner: "me" });
    const [job] = await valueOf(claim());
    const claiming = asked.at(-1)?.sql;
    if (!job) throw new Error("there is no job to claim");
    await extendLease(db, job, now);
    await putBackJob(db, job, { runAt: now, attempts: 0 });
    const [again] = await valueOf(claim());
    if (again) await buryJob(db, again, now, "dead");

    const statements = asked.filter(({ sql }) => /^(select|insert|update|delete)/.test(sql));
    const isSlow = (step: string, { sql }: CompiledQuery): boolean =>
      // A claim sorts the few that it has found in the index of each kind.
      sql === claiming
        ? /^SCAN (?!\(subquery)/.test(step)
        : /^SCAN (?!\d+-ROW VALUES|CONSTANT ROW)/.test(step) || step.includes("TEMP B-TREE");
    const slow = statements.flatMap((query) =>
      planOf(database, query)
        .filter((step) => isSlow(step, query))
        .map((step) => `${step}: ${query.sql}`),
    );
    expect(slow).toStrictEqual([]);
    expect(statements.length).toBeGreaterThan(40);
  });

  it.each(galleries)("find the place of a picture %s in one index, without its rows", async (_, filter, index) => {
    const asked: CompiledQuery[] = [];
    const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
    asked.length = 0;
    await valueOf(pictureRepository(db).positionOf(filter, "any"));
    const searches = asked.flatMap((query) => planOf(database, query).filter((step) => step.startsWith("SEARCH")));
    const inIndex = searches.filter((step) => !step.endsWith("(id=?)"));
    expect(inIndex).toHaveLength(4);
    for (const step of inIndex) expect(step).toContain(` USING COVERING INDEX ${index} (`);
  });

  it("answer for a set in two statements, however many pictures it has", async () => {
    const asked: CompiledQuery[] = [];
    const { db } = await temporarySqlite(({ query }) => void asked.push(query));
    const store = kyselyStore(db, { jobs: sqliteJobQueue(db, { clock: testClock() }).within });
    const { id: avatarId, ownerId: actor } = await valueOf(store.avatars.save(anAvatar()));
    const setId = "set";
    for (let place = 1; place <= 10; place += 1) {
      const made = { picture: aPictureFile({ blobKey: "blob" }) };
      const snapshot = anImageSnapshot({ place });
      const drawn = anImageOrder("succeeded", { avatarId, ownerId: actor, setId, snapshot });
      const state = { ...drawn.state, outcome: made } as typeof drawn.state;
      await valueOf(store.orders.save({ ...drawn, state }));
      await valueOf(store.pictures.save(aPicture({ id: drawn.id, avatarId, ownerId: actor, setId })));
    }
    const likeness = createLikeness(testPorts({ store }).ports);
    asked.length = 0;
    const { places } = await valueOf(likeness.images.set({ actor, setId }));
    expect(places.map(({ status }) => status)).toStrictEqual(Array(10).fill("shown"));
    expect(asked).toHaveLength(2);
  });

  it("can be deleted from without looking at every row that could point to the deleted one", async () => {
    const { database } = await temporarySqlite();
    const children = database
      .prepare(
        `select t.name as child, f."from" as "column" from pragma_table_list t, pragma_foreign_key_list(t.name) f`,
      )
      .all() as { readonly child: string; readonly column: string }[];
    expect(children.map(({ child }) => child).toSorted((left, right) => left.localeCompare(right))).toStrictEqual([
      "likeness_credit_entry",
      "likeness_credit_hold",
      "likeness_notification",
      "likeness_order",
      "likeness_order_blob",
      "likeness_photo",
      "likeness_picture",
    ]);
    for (const { child, column } of children) {
      const [step] = database.prepare(`explain query plan delete from ${child} where ${column} = ?`).all("any");
      expect(step).toMatchObject({ detail: expect.stringMatching(/^SEARCH/) });
    }
  });
});
