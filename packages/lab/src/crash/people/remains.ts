import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { secretsBelow, secretsIn, type Secrets } from "../../find-bytes.ts";
import type { Stage } from "../stage/stage.ts";
import type { FalVendor } from "../vendors/open-fal.ts";
import { own } from "./belongings.ts";

/** What tells whose data these are, as it is stored now. */
export async function secretsOf({ vendor, watched, settings }: Stage<FalVendor>, owner: string): Promise<Secrets> {
  const avatars = await watched.db.selectFrom("likeness_avatar").select("id").where("owner_id", "=", owner).execute();
  const stored = await filesBelow(join(settings.folder, "blobs"));
  return {
    "the person's number": [owner.slice("telegram:".length)],
    "a name": [own.avatar, own.wizard],
    "the person's words": [own.wish],
    "an avatar's id": avatars.map(({ id }) => id),
    "a request at fal": vendor.fake.control.accepted().map(({ requestId }) => requestId),
    "a hash": stored.map((bytes) => createHash("sha256").update(bytes).digest("hex")),
    "a piece of a file": stored.flatMap(pieceOf),
  };
}

/** Which of these are in which tables, jobs, blobs and temporary files; and in the file of the database, where it is one. */
export async function remainsOf(stage: Stage, secrets: Secrets): Promise<string[]> {
  const { settings, watched } = stage;
  const found: string[] = [];
  for (const name of await tablesOf(stage)) {
    const { rows } = await sql`select * from ${sql.raw(name)}`.execute(watched.db);
    found.push(...secretsIn(Buffer.from(JSON.stringify(rows)), secrets).map((what) => `${what} in ${name}`));
  }
  if (settings.engine === "sqlite")
    for (const file of [settings.database, `${settings.database}-wal`]) {
      const content = await readFile(file).catch(() => Buffer.alloc(0));
      found.push(...secretsIn(content, secrets).map((what) => `${what} in ${file}`));
    }
  return [...new Set([...found, ...(await secretsBelow(settings.folder, secrets))])];
}

const tables = {
  sqlite: `select '"' || name || '"' as name from sqlite_schema where type = 'table'`,
  postgres: `select format('%I.%I', schemaname, tablename) as name from pg_tables
             where schemaname not in ('pg_catalog', 'information_schema')`,
} as const;

async function tablesOf({ settings, watched }: Stage): Promise<string[]> {
  const { rows } = await sql<{ readonly name: string }>`${sql.raw(tables[settings.engine])}`.execute(watched.db);
  return rows.map(({ name }) => name);
}

/** From the middle: no head that many files have. Nothing that repeats itself, as an empty page of a database does. */
function pieceOf(bytes: Buffer): Buffer[] {
  const piece = bytes.subarray(bytes.length / 2, bytes.length / 2 + 48);
  return new Set(piece).size > 16 ? [piece] : [];
}

async function filesBelow(folder: string): Promise<Buffer[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}
