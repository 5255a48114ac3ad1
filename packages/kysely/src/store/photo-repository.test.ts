import { setImmediate } from "node:timers/promises";
import { addSeconds } from "@likeness/core";
import { anAvatar, aPhoto, aTraining, testStart, valueOf } from "@likeness/testing";
import type { CompiledQuery } from "kysely";
import { expect, it } from "vitest";
import { temporarySqlite } from "../__fixtures__/temporary-sqlite.ts";
import { avatarRepository } from "./avatar-repository.ts";
import { orderRepository } from "./order-repository.ts";
import { photoRepository } from "./photo-repository.ts";

const many = 10_000;

it("lets others in while it looks through many trainings for photos of old models", async () => {
  const asked: CompiledQuery[] = [];
  const { db, database } = await temporarySqlite(({ query }) => void asked.push(query));
  const training = aTraining("succeeded");
  const { avatarId } = training;
  const state = { status: "ready", trainingId: training.id } as const;
  await valueOf(avatarRepository(db).save(anAvatar({ id: avatarId, state })));
  await valueOf(orderRepository(db).save(training));
  // Trainings before it, whose photos are gone.
  const columns = database.prepare<[], string>("select name from pragma_table_info('likeness_order')").pluck().all();
  const values = columns.map((column) => (/^(?:id|idempotency_key|request_id)$/.test(column) ? `'a' || n` : column));
  database.exec(`
    with recursive series(n) as (select 1 union all select n + 1 from series where n < ${many})
    insert into likeness_order (${columns.join(", ")}) select ${values.join(", ")} from series, likeness_order`);
  await valueOf(photoRepository(db).save(aPhoto({ avatarId, createdAt: testStart })));

  let turns = 0;
  const looked = new AbortController();
  const others = (async () => {
    for (; !looked.signal.aborted; turns += 1) await setImmediate();
  })();
  asked.length = 0;
  const found = await valueOf(photoRepository(db).avatarsTrainedBefore(addSeconds(testStart, 86_400), 100));
  looked.abort();
  await others;
  expect(found).toStrictEqual([avatarId]);
  expect(turns).toBeGreaterThanOrEqual(5);
  const plans = asked.flatMap(({ sql, parameters }) => {
    const steps = database.prepare(`explain query plan ${sql}`).all(...parameters) as { readonly detail: string }[];
    return steps.map(({ detail }) => detail).filter((step) => /^SCAN|TEMP B-TREE/.test(step));
  });
  expect(plans).toStrictEqual([]);
});
