/** Code of a host, with its own versions: its own port, and what the quickstart does not compose. Only compiled. */
import { pathToFileURL } from "node:url";
import { S3Client } from "@aws-sdk/client-s3";
import { s3Blobs } from "@likeness/blobs/s3";
import { systemClock, webhookParser, type OutcomeSource } from "@likeness/core";
import { falFake } from "@likeness/fal/testing";
import { falHandlers } from "@likeness/fal/testing/msw";
import { avatarChat, telegramNotifier, telegramPhotos } from "@likeness/grammy";
import { kyselyStore, postgresDialect, postgresMigrations, type Database } from "@likeness/kysely";
import { openTelemetry } from "@likeness/otel";
import { givenSecrets, replicateOutcomeSource, replicateProvider, replicateWebhooks } from "@likeness/replicate";
import { replicateFake } from "@likeness/replicate/testing";
import { pgBossJobQueue, pgBossSettings } from "@likeness/pg-boss";
import { testPorts } from "@likeness/testing";
import { Bot } from "grammy";
import { Kysely } from "kysely";
import { setupServer } from "msw/node";
import { errAsync, okAsync } from "neverthrow";
import { Pool } from "pg";
import { PgBoss } from "pg-boss";
import { z } from "zod";

export const outcomes: OutcomeSource = {
  open: ({ url }) =>
    url.startsWith("file:")
      ? okAsync(new Blob([pathToFileURL(url).href]).stream())
      : errAsync({ type: "request-not-found" }),
};

export const parse = webhookParser(z.object({ id: z.string() }), ({ id }) => ({ type: "finished", requestId: id }));

export const compose = (token: string, connectionString: string) => {
  const boss = new PgBoss({ connectionString, ...pgBossSettings });
  const queue = pgBossJobQueue(boss, { clock: systemClock, log: undefined });
  const db = new Kysely<Database>({ dialect: postgresDialect({ pool: new Pool({ connectionString }) }) });
  const store = kyselyStore(db, { jobs: queue.within });
  const blobs = s3Blobs(new S3Client({ region: "eu-central-1" }), { bucket: "likeness" });
  const bot = new Bot(token);
  const notifier = telegramNotifier(bot.api, { sessions: store.sessions, clock: systemClock });
  const { ports } = testPorts({ store, queue, blobs, outcomes, notifier, photoSource: telegramPhotos(bot.api) });
  const atReplicate = replicateFake();
  const replicate = {
    provider: replicateProvider({
      token: "r8_token",
      destination: "likeness/trained",
      fetch: (input, init) => atReplicate.fetch(new Request(input, init)),
    }),
    outcomes: replicateOutcomeSource(),
    receiver: replicateWebhooks({ secrets: givenSecrets("whsec_c2VjcmV0") }),
  };
  const server = setupServer(...falHandlers(falFake()));
  return {
    ports,
    replicate,
    server,
    stopTelemetry: openTelemetry(),
    bot,
    steps: Object.keys(postgresMigrations),
    chat: avatarChat,
  };
};
