import type { EngineName } from "./engines/engines.ts";
import type { FalBehaviour } from "./fal-behaviours.ts";
import type { KillPoint } from "./kill-points.ts";
import type { KindName } from "./kinds.ts";

/** One cell of the matrix: an order whose process is killed at a kill point, under a behaviour of fal. */
export interface Cell {
  readonly engine: EngineName;
  readonly kind: KindName;
  readonly point: KillPoint;
  readonly behaviour: FalBehaviour;
  /** Of the times that fal takes. */
  readonly seed: number;
}
