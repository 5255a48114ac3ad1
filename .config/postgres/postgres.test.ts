import { Client } from "pg";
import { expect, it } from "vitest";
import { testDatabases } from "./test-databases.ts";

async function ask(url: string, question: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(question)).rows;
  } finally {
    await client.end();
  }
}

const newDatabase = testDatabases(async (url) => void (await ask(url, "create table prepared (id integer)")));

it("gives each test a prepared database of its own", async () => {
  const [left, right] = [await newDatabase(), await newDatabase()];
  await ask(left, "insert into prepared values (1)");
  expect(await ask(left, "select * from prepared")).toStrictEqual([{ id: 1 }]);
  expect(await ask(right, "select * from prepared")).toStrictEqual([]);
});
