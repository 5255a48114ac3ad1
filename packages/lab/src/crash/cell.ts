import type { EngineName } from "./engines/engines.ts";
import type { FalBehaviour } from "./fal-behaviours.ts";
import type { KillPoint } from "./kill-points.ts";

/** One field of the matrix: a training whose process is killed at a point while fal behaves in a way. */
export interface Cell {
  readonly engine: EngineName;
  readonly point: KillPoint;
  readonly behaviour: FalBehaviour;
  /** Of the times that fal takes. */
  readonly seed: number;
}
