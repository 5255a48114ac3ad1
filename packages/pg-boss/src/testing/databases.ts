import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { Client, Pool } from "pg";
import { inject, type TestContext } from "vitest";
// @boundaries-ignore the workspace's own server for tests, which no package ships
import type { ServerAnswer } from "../../../../.config/postgres/global-setup.ts";

/** An empty database for a test, by its URL. The tests that use it may run at once. */
export async function newDatabase({ onTestFinished }: TestContext): Promise<string> {
  const url = new URL(await serverUrl());
  const server = url.href;
  const name = `likeness_test_${randomUUID().replaceAll("-", "")}`;
  await administer(server, `create database ${name}`);
  onTestFinished(() => administer(server, `drop database ${name} with (force)`));
  url.pathname = `/${name}`;
  return url.href;
}

/** A pool that is closed when the test ends. What breaks its connections is up to the test. */
export function openPool({ onTestFinished }: TestContext, connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 2 });
  pool.on("error", () => undefined);
  onTestFinished(() => pool.end());
  return pool;
}

async function serverUrl(): Promise<string> {
  const other = process.env["TEST_DATABASE_URL"];
  if (other) return other;
  const answer: ServerAnswer = JSON.parse(await text(connect(inject("postgresPort"), "127.0.0.1")));
  if ("failure" in answer) throw new Error(answer.failure);
  return answer.url;
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
