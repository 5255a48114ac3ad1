import type { EngineName } from "./engines/engines.ts";
import type { Behaviour } from "./behaviours.ts";
import type { KillPoint } from "./kill-points.ts";
import type { KindName } from "./kinds.ts";
import type { VendorName } from "./vendors/vendor.ts";

/** One cell of the matrix: an order whose process is killed at a kill point, under a behaviour of its provider. */
export interface Cell {
  readonly engine: EngineName;
  readonly vendor: VendorName;
  readonly kind: KindName;
  readonly point: KillPoint;
  readonly behaviour: Behaviour;
  /** Of the times that the provider takes. */
  readonly seed: number;
}
