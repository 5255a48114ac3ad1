import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Person } from "@likeness/grammy/testing";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { onTestFinished } from "vitest";
import { secretsBelow, secretsIn, type Secrets } from "@likeness/lab/find-bytes.ts";
import { avatarName } from "./journey-steps.ts";
import type { DatabaseLocation } from "../settings/locations.ts";
import type { JourneyStage } from "./journey-stage.ts";
import { ask, askPostgres } from "./read-database.ts";

export type { Secrets };

export interface Engine {
  readonly name: string;
  /** `DATABASE_URL`, unless it is that of the stage. */
  start(): Promise<string | undefined>;
  /** The database of the bot, which is that file where it is one. */
  location(url: string | undefined, file: string): DatabaseLocation;
  ask(database: string, question: string): Promise<unknown[]>;
  readonly jobs: string;
  readonly tables: string;
}

/** The databases of the bot, and what is asked of each. */
export const engines: readonly [Engine, Engine] = [
  {
    name: "SQLite",
    start: async () => undefined,
    location: (_, file) => ({ type: "sqlite", file }),
    ask: async (file, question) => ask(file, question),
    jobs: "select kind, payload from likeness_job where kind <> 'sweep'",
    tables: `select '"' || name || '"' as name from sqlite_schema where type = 'table'`,
  },
  {
    name: "PostgreSQL",
    start: async () => {
      const server = await startPostgres({ durable: true });
      onTestFinished(() => server.stop());
      return server.url;
    },
    location: (url = "") => ({ type: "postgres", url }),
    ask: askPostgres,
    jobs: "select name, data from pgboss.job where state < 'completed' and name <> 'likeness/sweep'",
    tables: `select format('%I.%I', schemaname, tablename) as name from pg_tables
             where schemaname not in ('pg_catalog', 'information_schema')`,
  },
];

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A piece from the middle: no head that many files have. */
const pieceOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.length / 2, bytes.length / 2 + 48);

/** The addresses in what the provider prepared. */
const addressesIn = (prepared: string): string[] => Object.values<unknown>(JSON.parse(prepared).input).map(String);

async function bytesOfFiles(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}

const columns = (rows: unknown[]): string[] =>
  rows.flatMap((row) => Object.values(row as object).filter((value): value is string => typeof value === "string"));

export interface Searched {
  readonly stage: JourneyStage;
  readonly person: Person;
  readonly photos: readonly Buffer[];
  /** Of the rows, by a question. */
  readonly rows: (question: string) => Promise<unknown[]>;
}

/** What tells whose data these are, as it is stored now: names, ids of files, hashes, bytes, addresses. */
export async function secretsOf({ stage, person, photos, rows }: Searched): Promise<Secrets> {
  const stored = await bytesOfFiles(join(dirname(stage.database), "blobs"));
  return {
    "the avatar's name": [avatarName, avatarName.slice(0, 4)],
    "the person's name": ["Zephyrine", "Quillfeather", "zephyrine_quill"],
    "a file id": columns(await rows("select reference_locator, reference_key from likeness_photo")).concat(
      person.chat().flatMap(({ photo }) => photo?.fileId ?? []),
    ),
    "a hash": [
      ...columns(await rows("select blob_key, sha256 from likeness_photo")),
      ...[...photos, ...stored].map(sha256),
    ],
    "a piece of a photo or a model": [...photos, ...stored].map(pieceOf),
    "an address at the provider": stage.provider
      .addresses()
      .concat(columns(await rows("select request_id from likeness_order")))
      .concat(columns(await rows("select prepared from likeness_order")).flatMap(addressesIn)),
  };
}

/** Which secrets are in which tables, and in which files of the bot. */
export async function findRemains(
  { stage, rows }: Pick<Searched, "stage" | "rows">,
  secrets: Secrets,
  { tables, temporary }: { readonly tables: string; readonly temporary: string },
): Promise<string[]> {
  const names = columns(await rows(tables));
  const inTables = names.map(async (name) => {
    const content = JSON.stringify(await rows(`select * from ${name}`));
    return secretsIn(Buffer.from(content), secrets).map((what) => `${what} in ${name}`);
  });
  const found = [
    ...(await Promise.all(inTables)).flat(),
    ...(await secretsBelow(dirname(stage.database), secrets)),
    ...(await secretsBelow(temporary, secrets)),
  ];
  return [...new Set(found)];
}
