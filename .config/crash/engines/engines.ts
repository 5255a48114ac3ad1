import type { Engine } from "./engine.ts";
import { sqlite } from "./sqlite.ts";

/** Everything is proved on each of these. */
export const engines = { sqlite } as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
