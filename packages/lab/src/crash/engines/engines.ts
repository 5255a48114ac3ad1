import type { Engine } from "./engine.ts";
import { postgres } from "./postgres.ts";
import { sqlite } from "./sqlite.ts";

/** Everything is proved on each of these. */
export const engines = { sqlite, postgres } as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
