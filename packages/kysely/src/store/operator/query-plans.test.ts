import { testStart } from "@likeness/testing";
import type { CompiledQuery } from "kysely";
import { describe, expect, it } from "vitest";
import { temporarySqlite } from "../../__fixtures__/temporary-sqlite.ts";
import { operatorQuestions } from "../../__fixtures__/operator-questions.ts";
import { jobRecords } from "../../sqlite/job-records.ts";
import { operatorRepository } from "./operator-repository.ts";

describe("the questions of operators on SQLite", () => {
  it.each(Object.entries(operatorQuestions))("find %s in an index, in its order", async (_, [ask, indexes]) => {
    const asked: CompiledQuery[] = [];
    const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
    asked.length = 0;
    const clock = { now: () => testStart, after: () => () => undefined };
    const jobs = jobRecords(db, { clock, wake: () => undefined });
    expect((await ask({ ...operatorRepository(db), jobs })).isOk()).toBe(true);
    const steps = asked.flatMap(({ sql, parameters }) => {
      const plan = database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[];
      return plan.map(({ detail }) => detail);
    });
    for (const index of indexes.split(" ")) expect(steps.join("\n")).toContain(`INDEX ${index}`);
    // Groups of what a partial index or a range holds are few.
    expect(steps.filter((step) => /TEMP B-TREE/.test(step) && !step.endsWith("FOR GROUP BY"))).toStrictEqual([]);
    // A scan is of a partial index, which holds nothing but what is asked for.
    expect(steps.filter((step) => /^SCAN (?!.*INDEX)/.test(step))).toStrictEqual([]);
  });
});
