import type { Kysely } from "kysely";
import { describe, expect, it, vi } from "vitest";
import { temporarySqlite } from "./__fixtures__/temporary-sqlite.ts";
import { compiledOnce } from "./compiled-once.ts";
import type { Database } from "./database.ts";

const job = { key: "a", payload: "null", attempts: 0, run_at: "2026-01-01T00:00:00.000Z", last_error: null };

async function withJobs() {
  const { db } = await temporarySqlite();
  const build = vi.fn((on: Kysely<Database>, { kind, few }: { kind: string; few: number }) =>
    on.selectFrom("likeness_job").select(["kind", "attempts"]).where("kind", "=", kind).where("attempts", "<", few),
  );
  const jobsOf = (kind: string, on: Kysely<Database> = db) =>
    compiledOnce(on, "jobs of a kind", { kind, few: 1 }, build);
  const add = (kind: string) =>
    compiledOnce(db, "one more job", { ...job, kind }, (on, row) =>
      on.insertInto("likeness_job").values({ ...row, payload: row.payload as never }),
    );
  for (const kind of ["photo", "order"]) await add(kind);
  return { db, build, jobsOf };
}

describe("compiledOnce", () => {
  it("builds a query once, and runs it with the values of each call", async () => {
    const { jobsOf, build } = await withJobs();
    for (const kind of ["photo", "order", "photo"]) expect(await jobsOf(kind)).toStrictEqual([{ kind, attempts: 0 }]);
    expect(await jobsOf("message")).toStrictEqual([]);
    expect(build).toHaveBeenCalledOnce();
  });

  it("uses in a transaction what was compiled outside of it", async () => {
    const { db, jobsOf, build } = await withJobs();
    await jobsOf("photo");
    await db.transaction().execute(async (tx) => expect(await jobsOf("order", tx)).toHaveLength(1));
    expect(build).toHaveBeenCalledOnce();
  });

  it("leaves a query to the plugins of its database", async () => {
    const { db, jobsOf, build } = await withJobs();
    const [plain, inSchema] = [await jobsOf("photo"), await jobsOf("photo", db.withSchema("main"))];
    expect(inSchema).toStrictEqual(plain);
    await expect(jobsOf("photo", db.withSchema("elsewhere"))).rejects.toThrow("no such table: elsewhere.likeness_job");
    expect(build).toHaveBeenCalledTimes(3);
  });

  it("compiles again for a row with other columns", async () => {
    const { db } = await withJobs();
    const store = (row: Partial<typeof job> & { readonly kind: string }) =>
      compiledOnce(db, "a job", row, (on, given) => on.insertInto("likeness_job").values(given as never));
    await store({ ...job, kind: "whole" });
    const { last_error: _, ...rest } = job;
    await store({ ...rest, kind: "short" });
    await store({ ...job, last_error: "timeout", kind: "failed" } as never);
    const rows = await db.selectFrom("likeness_job").select(["kind", "last_error"]).where("key", "=", "a").execute();
    expect(rows).toContainEqual({ kind: "failed", last_error: "timeout" });
    expect(rows).toContainEqual({ kind: "short", last_error: null });
  });

  it("compiles for each database", async () => {
    const [one, other] = [await withJobs(), await withJobs()];
    await one.jobsOf("photo");
    expect(await other.jobsOf("order")).toHaveLength(1);
    expect(other.build).toHaveBeenCalledOnce();
  });
});
