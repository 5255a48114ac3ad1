import type { Engine } from "./engine.ts";
import { postgres } from "./postgres.ts";
import { sqlite } from "./sqlite.ts";

/** The engines on which everything is tested. */
export const engines = { sqlite, postgres } as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
