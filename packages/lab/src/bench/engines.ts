import { postgresEngine } from "./postgres-engine.ts";
import { sqliteEngine } from "./sqlite-engine.ts";
import type { Engine } from "./storage.ts";

export const engines = { SQLite: sqliteEngine, PostgreSQL: postgresEngine } satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
