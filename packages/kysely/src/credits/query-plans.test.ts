import { aTraining, testStart, valueOf } from "@likeness/testing";
import type { CompiledQuery } from "kysely";
import { expect, it } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { kyselyCredits } from "./kysely-credits.ts";

it("the accounts of credits have an index for every question that is asked", async () => {
  const asked: CompiledQuery[] = [];
  const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
  asked.length = 0;
  const credits = kyselyCredits(db, { prices: { training: 10, image: 1, upscale: 1 } });
  const ownerId = "owner:1";
  const [captured, released] = [aTraining("requested", { ownerId }), aTraining("requested", { ownerId })];
  await valueOf(credits.topUp({ ownerId, amount: 100, reference: "one" }));
  for (const order of [captured, captured, released]) await valueOf(credits.reserve(order));
  await valueOf(credits.openHolds(testStart, 10));
  await valueOf(credits.capture(captured.id));
  await valueOf(credits.refund({ ownerId, amount: 200, reference: "one" }));
  await valueOf(credits.release(released.id));
  await valueOf(credits.adjust({ ownerId, amount: 300, reason: "gift", reference: "one" }));
  await valueOf(credits.balance(ownerId));
  await valueOf(credits.history(ownerId, { limit: 10, olderThan: 3 }));
  await valueOf(credits.pseudonymise(ownerId, "someone"));

  const statements = asked.filter(({ sql }) => /^(select|insert|update|delete)/.test(sql));
  const plans = statements.map(({ sql, parameters }) => ({
    sql,
    steps: (database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[]).map(
      ({ detail }) => detail,
    ),
  }));
  expect(plans.filter(({ steps }) => steps.some((step) => /^SCAN|TEMP B-TREE/.test(step)))).toStrictEqual([]);
  const open = plans.find(({ sql }) => sql.startsWith("select") && sql.includes("'held'"));
  expect(open?.steps.join()).toContain("likeness_credit_hold_open");
});
