import { silentLog, systemClock } from "@likeness/core";
import { serverOf } from "@likeness/lab/reliability/engine-servers.ts";
import { Client } from "pg";
import { expect, it, onTestFinished } from "vitest";
import { openStorage } from "./open-storage.ts";

it("D8: the power fails at any time: a PostgreSQL that does not wait for its disk is never ready", async () => {
  const url = await (await serverOf("postgres")).database();
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = off`);
  await client.end();
  const storage = await openStorage({ type: "postgres", url }, systemClock, silentLog);
  onTestFinished(storage.close);
  expect(await storage.ready()).toMatchObject({ error: { type: "postgres-setting-unsafe", actual: "off" } });
}, 60_000);
