import type { EngineName } from "./engines/engines.ts";
import type { Behaviour } from "./behaviours.ts";
import type { Verdict } from "./invariants.ts";
import type { KillPoint } from "./kill-points.ts";
import type { KindName, OrderKindName } from "./kinds.ts";
import type { VendorName } from "./vendors/vendor.ts";

/** One cell of the matrix: a process that is killed at a kill point, under a behaviour of its provider. */
export interface Cell {
  readonly engine: EngineName;
  readonly vendor: VendorName;
  readonly kind: KindName;
  readonly point: KillPoint;
  readonly behaviour: Behaviour;
  /** Of the times that the provider takes. */
  readonly seed: number;
}

/** One of an order alone. */
export type OrderCell = Cell & { readonly kind: OrderKindName };

export interface CellReport extends Verdict {
  readonly cell: Cell;
  /** 0 when the point is never reached, e.g. because the webhook was lost. */
  readonly kills: number;
  readonly seconds: number;
  /** The output of the processes, when an invariant is broken. */
  readonly written: string;
}
