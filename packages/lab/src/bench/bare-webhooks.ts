import { createHash, verify } from "node:crypto";
import { webhookPath } from "@likeness/core";
import type { FastifyInstance } from "fastify";
import { openSqliteFile } from "./sqlite-engine.ts";
import { publicKey } from "./webhook-fixture.ts";

/**
 * The baseline: a minimal handler that checks the signature and stores the webhook before it answers. It checks neither
 * token, age nor account, enqueues no job and does not recognise repetitions.
 */
export function bareWebhooks(app: FastifyInstance, file: string): void {
  const database = openSqliteFile(file);
  database.exec("create table delivery (id integer primary key, request_id text, body blob, received_at text) strict");
  const insert = database.prepare("insert into delivery (request_id, body, received_at) values (?, ?, ?)");

  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.post<{ Body: Buffer }>(webhookPath, async ({ headers, body }, reply) => {
    const [requestId, userId, timestamp, signature] = signedHeaders.map((name) => String(headers[name]));
    const digest = createHash("sha256").update(body).digest("hex");
    const message = Buffer.from([requestId, userId, timestamp, digest].join("\n"));
    if (!verify(null, message, publicKey, Buffer.from(signature ?? "", "hex"))) return reply.code(401).send();
    insert.run(requestId, body, new Date().toISOString());
    return { stored: "new" };
  });
}

const signedHeaders = [
  "x-fal-webhook-request-id",
  "x-fal-webhook-user-id",
  "x-fal-webhook-timestamp",
  "x-fal-webhook-signature",
];
