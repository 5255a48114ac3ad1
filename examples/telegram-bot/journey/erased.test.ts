import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startPostgres } from "@likeness/test-postgres/start-postgres.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawPhotos } from "./draw-photo.ts";
import { secretsBelow, secretsIn, type Secrets } from "./find-bytes.ts";
import { avatarName } from "./journey-steps.ts";
import { journeyStage } from "./journey-stage.ts";
import { buttonLike, press } from "./moves.ts";
import { ask, askPostgres } from "./read-database.ts";
import { walk } from "./walk.ts";

interface Engine {
  readonly name: string;
  /** `DATABASE_URL`, unless it is that of the stage. */
  start(): Promise<string | undefined>;
  ask(database: string, question: string): Promise<unknown[]>;
  readonly jobs: string;
  readonly tables: string;
}

const engines: readonly Engine[] = [
  {
    name: "SQLite",
    start: async () => undefined,
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
    ask: askPostgres,
    jobs: "select name, data from pgboss.job where state < 'completed' and name <> 'likeness/sweep'",
    tables: `select format('%I.%I', schemaname, tablename) as name from pg_tables
             where schemaname not in ('pg_catalog', 'information_schema')`,
  },
];

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A piece from the middle: no head that many files have. */
const pieceOf = (bytes: Buffer): Buffer => bytes.subarray(bytes.length / 2, bytes.length / 2 + 48);

/** The addresses in what fal prepared. */
const addressesIn = (prepared: string): string[] => Object.values<unknown>(JSON.parse(prepared).input).map(String);

async function bytesOfFiles(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}

const columns = (rows: unknown[]): string[] =>
  rows.flatMap((row) => Object.values(row as object).filter((value): value is string => typeof value === "string"));

describe.each(engines)(
  "an avatar that was deleted in the chat, on $name",
  ({ start, ask: askEngine, jobs, tables }) => {
    it("is in no file and no row any more, once the bot has done its work", { timeout: 400_000 }, async () => {
      const temporary = await mkdtemp(join(tmpdir(), "likeness-erased-"));
      onTestFinished(() => rm(temporary, { recursive: true }));
      const url = await start();
      const environment = {
        TMPDIR: temporary,
        GUARD_SECONDS: "1",
        COPY_WAIT_SECONDS: "5",
        ...(url !== undefined && { DATABASE_URL: url }),
      };
      const stage = await journeyStage({ mode: "webhook", environment });
      const { bot, telegram, until } = stage;
      const database = url ?? stage.database;
      const folder = dirname(stage.database);
      const zoe = telegram.control.person(51_731_997, {
        firstName: "Zephyrine",
        lastName: "Quillfeather",
        username: "zephyrine_quill",
        languageCode: "en",
      });
      const rows = (question: string) => askEngine(database, question);
      const photos = await drawPhotos(10, 40);
      await bot.start();
      await walk(stage, zoe, "orders the training", photos);
      const copied =
        "select 1 from likeness_order where outcome is not null and uncopied = 0 and next_check_at is null";
      await until(async () => expect(await rows(copied)).toHaveLength(1), 40);

      const stored = await bytesOfFiles(join(folder, "blobs"));
      const secrets: Secrets = {
        "the avatar's name": [avatarName, avatarName.slice(0, 4)],
        "the person's name": ["Zephyrine", "Quillfeather", "zephyrine_quill"],
        "a file id": columns(await rows("select reference_locator, reference_key from likeness_photo")).concat(
          zoe.chat().flatMap(({ photo }) => photo?.fileId ?? []),
        ),
        "a hash": [
          ...columns(await rows("select blob_key, sha256 from likeness_photo")),
          ...[...photos, ...stored].map(sha256),
        ],
        "a piece of a photo or a model": [...photos, ...stored].map(pieceOf),
        "an address at fal": stage.fal.requests
          .map(({ path }) => path)
          .filter((path) => path.startsWith("/files/"))
          .concat(columns(await rows("select request_id from likeness_order")))
          .concat(columns(await rows("select prepared from likeness_order")).flatMap(addressesIn)),
      };
      for (const [what, found] of Object.entries(secrets)) expect(found.length, what).toBeGreaterThan(0);
      const inRows = async (): Promise<string[]> => {
        const names = columns(await rows(tables));
        const found = names.map(async (name) => {
          const content = JSON.stringify(await rows(`select * from ${name}`));
          return secretsIn(Buffer.from(content), secrets).map((what) => `${what} in ${name}`);
        });
        return (await Promise.all(found)).flat();
      };
      const everywhere = async () => [
        ...new Set([
          ...(await inRows()),
          ...(await secretsBelow(folder, secrets)),
          ...(await secretsBelow(temporary, secrets)),
        ]),
      ];
      const found = (await everywhere()).join("\n");
      for (const what of Object.keys(secrets)) if (what !== "the person's name") expect(found).toContain(`${what} in `);

      zoe.says("/avatars");
      await until(() => expect(buttonLike(zoe, "v1:open")).toBeDefined());
      press(zoe, "v1:open");
      await until(() => expect(buttonLike(zoe, "v1:delete-ask")).toBeDefined());
      press(zoe, "v1:delete-ask");
      await until(() => expect(buttonLike(zoe, "v1:delete-yes")).toBeDefined());
      press(zoe, "v1:delete-yes");
      await until(async () => expect(await rows("select id from likeness_avatar")).toStrictEqual([]));
      await until(async () => expect(await rows(jobs)).toStrictEqual([]), 90);
      expect(await bot.stop()).toBe(0);
      expect(await everywhere()).toStrictEqual([]);
    });
  },
);
