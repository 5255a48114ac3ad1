import { createHash, verify } from "node:crypto";
import { webhookPath } from "@likeness/core";
import { postgresPoolSettings } from "@likeness/kysely";
import type { FastifyInstance } from "fastify";
import { Pool } from "pg";
import type { EngineName } from "./engines.ts";
import { openSqliteFile } from "./sqlite-engine.ts";
import { publicKey } from "./webhook-fixture.ts";

/** Stores one row, on disk when it has ended. */
type Insert = (requestId: string, body: Buffer, receivedAt: string) => unknown;

/**
 * The baseline: a minimal handler that checks the signature and stores the webhook before it answers. It checks neither
 * token, age nor account, enqueues no job and does not recognise repetitions.
 */
export async function bareWebhooks(app: FastifyInstance, engine: EngineName, database: string): Promise<void> {
  const insert = await inserts[engine](database);

  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.post<{ Body: Buffer }>(webhookPath, async ({ headers, body }, reply) => {
    const [requestId = "", userId, timestamp, signature] = signedHeaders.map((name) => String(headers[name]));
    const digest = createHash("sha256").update(body).digest("hex");
    const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"));
    if (!verify(null, message, publicKey, Buffer.from(signature ?? "", "hex"))) return reply.code(401).send();
    await insert(requestId, body, new Date().toISOString());
    return { stored: "new" };
  });
}

/** With the driver alone, and a statement that is prepared once. */
const inserts: Readonly<Record<EngineName, (database: string) => Promise<Insert>>> = {
  SQLite: async (file) => {
    const database = openSqliteFile(file);
    database.exec(
      "create table delivery (id integer primary key, request_id text, body blob, received_at text) strict",
    );
    const insert = database.prepare("insert into delivery (request_id, body, received_at) values (?, ?, ?)");
    return (...row) => insert.run(...row);
  },
  PostgreSQL: async (connectionString) => {
    const pool = new Pool({ connectionString, ...postgresPoolSettings });
    await pool.query(
      "create table delivery (id bigint generated always as identity primary key, request_id text, body bytea, received_at text)",
    );
    const text = "insert into delivery (request_id, body, received_at) values ($1, $2, $3)";
    return (...values) => pool.query({ name: "insert", text, values });
  },
};

const signedHeaders = [
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
];
