import {
  activeStatuses,
  addSeconds,
  createLikeness,
  isTerminal,
  outcomeIn,
  type JsonObject,
  type Order,
  type OrderStatus,
  type Provider,
} from "@likeness/core";
import { aModel, testClock, testPorts, testStart, valueOf } from "@likeness/testing";
import type { Kysely } from "kysely";
import { ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { formerStatements } from "../../__fixtures__/former-tables/former-statements.ts";
import { migratingEngines, rowsOf, run } from "../../__fixtures__/migrating-engines.ts";
import type { Database } from "../../database.ts";
import { kyselyStore } from "../../store/kysely-store.ts";
import { migrate } from "../migrate.ts";

const step = "0010-orders";
const jobless = { jobs: () => ({ enqueue: () => okAsync(undefined) }) };
const active = activeStatuses.map((status) => `'${status}'`).join(", ");

/** A row of the former table, with what the new one keeps of it. */
interface Former {
  readonly id: string;
  readonly status: OrderStatus;
  readonly snapshot: string;
  readonly archive_url: string | null;
  readonly kept_archive_url: string | null;
  readonly model: string | null;
  readonly weights_blob_key: string | null;
  readonly config_blob_key: string | null;
  readonly version: number;
}

/** A provider that has finished whatever it is asked about. */
const finished = (provider: Provider): Provider => ({
  ...provider,
  prepare: () => okAsync({ input: { archive_url: "https://files.example/new.zip" } }),
  submit: ({ order }) => okAsync({ requestId: `new ${order.id}` }),
  find: ({ id }) => okAsync({ requestId: `found ${id}` }),
  look: (order) => okAsync({ type: "succeeded", requestId: requestIdOf(order), outcome: aModel(), ranSeconds: 12.5 }),
});

const requestIdOf = ({ state }: Order): string => ("request" in state && state.request?.requestId) || "";

describe.each(migratingEngines)(`${step} on $engine`, ({ engine, steps, empty }) => {
  /** A database as the version before this step left it, with a training in every status and the variants of its columns. */
  async function former() {
    const db = await empty();
    await run(db, ...formerStatements(engine, "0003-late-results"));
    await valueOf(migrate(db, Object.fromEntries(Object.entries(steps).filter(([name]) => name < step))));
    await run(
      db,
      "update likeness_training set kept_archive_url = 'https://files.example/kept.zip' where status = 'failed'",
      `update likeness_training set model = '{"weights":{"url":"https://a.example/w","givenUp":true},"trainedSeconds":291.5}'
        where status = 'succeeded' and weights_blob_key is null`,
      "update likeness_webhook_inbox set outcome = 'unknown_training' where outcome = 'applied'",
      `update likeness_avatar set status = 'training', failure_reason = null, serving_training_id = null, training_id =
        (select id from likeness_training where avatar_id = likeness_avatar.id and status in (${active}))
        where id in (select avatar_id from likeness_training where status in (${active}))`,
    );
    return { db, trainings: (await rowsOf(db, "select * from likeness_training order by id")) as Former[] };
  }

  const countOf = async (db: Kysely<Database>, table: string): Promise<unknown> =>
    (await rowsOf(db, `select count(*) as count from ${table}`))[0];

  it("carries every training over, with its photos, its model and its deliveries", async () => {
    const { db, trainings } = await former();
    const before = {
      photos: await countOf(db, "likeness_training_photo"),
      deliveries: await countOf(db, "likeness_webhook_inbox"),
      messages: await countOf(db, "likeness_notification"),
      ofTrainings: await rowsOf(db, "select id, training_id as about from likeness_webhook_inbox order by id"),
    };
    expect(new Set(trainings.map(({ status }) => status)).size).toBe(7);
    expect(await migrate(db, steps)).toStrictEqual(ok(Object.keys(steps).filter((name) => name >= step)));

    expect({
      photos: await countOf(db, "likeness_order_blob where use = 'photo'"),
      deliveries: await countOf(db, "likeness_webhook_inbox"),
      messages: await countOf(db, "likeness_notification"),
      ofTrainings: await rowsOf(db, "select id, order_id as about from likeness_webhook_inbox order by id"),
    }).toStrictEqual(before);
    expect(await rowsOf(db, "select 1 from likeness_webhook_inbox where outcome = 'unknown_training'")).toStrictEqual(
      [],
    );
    const { orders } = kyselyStore(db, jobless);
    for (const row of trainings) {
      const order = await valueOf(orders.find(row.id));
      expect(order).toMatchObject({ kind: "training", version: row.version, state: { status: row.status } });
      expect(order?.snapshot).toStrictEqual(JSON.parse(row.snapshot));
      const url = row.archive_url ?? row.kept_archive_url;
      expect(order?.state.prepared).toStrictEqual(url === null ? undefined : { input: { archive_url: url } });
      const { trainedSeconds, ...files } = row.model === null ? {} : JSON.parse(row.model);
      expect(order && outcomeIn(order.state)).toStrictEqual(row.model === null ? undefined : files);
      expect(order?.state.status === "succeeded" ? order.state.ranSeconds : undefined).toBe(trainedSeconds);
      for (const key of [row.weights_blob_key, row.config_blob_key])
        if (key !== null) expect(await orders.usesBlob(key)).toStrictEqual(ok(true));
    }
    expect(await countOf(db, "likeness_order")).toMatchObject({ count: engine === "sqlite" ? 9 : "9" });
  });

  it.each(["order.poll", "training.poll"])("lets trainings in every status go on, also by a job %s", async (kind) => {
    const { db, trainings } = await former();
    await valueOf(migrate(db, steps));
    const store = kyselyStore(db, jobless);
    // By then the process of a POST under way must be gone.
    const clock = { ...testClock(), now: () => addSeconds(testStart, 120) };
    const { ports } = testPorts({ store, clock });
    const { handlers } = createLikeness({ ...ports, provider: finished(ports.provider) });
    for (const { id, status } of trainings) {
      const payload: JsonObject = kind === "order.poll" ? { orderId: id } : { trainingId: id };
      const work = async (name: string) =>
        handlers[name]?.({ kind: name, key: id, payload, attempt: 1, signal: new AbortController().signal });
      if (status === "requested") await work(kind.replace("poll", "submit"));
      for (let look = 0; look < 3; look++) await work(kind);
      const order = await valueOf(store.orders.find(id));
      expect(order?.state.status).toBe(isTerminal(status) ? status : "succeeded");
    }
  });
});
