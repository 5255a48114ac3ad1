import type { Cell, CellReport, OrderCell } from "./cell.ts";
import type { EngineServer } from "./engines/engine.ts";
import { runErasureCell } from "./people/run-erasure-cell.ts";
import { runPaymentCell } from "./people/run-payment-cell.ts";
import { runOrderCell } from "./run-order-cell.ts";

/** Kills the process of a cell once, starts another one, and checks the final state. */
export const runCell = (cell: Cell, server: EngineServer, signal: AbortSignal): Promise<CellReport> => {
  if (cell.kind === "payment") return runPaymentCell(cell, server, signal);
  if (cell.kind === "erasure") return runErasureCell(cell, server, signal);
  return runOrderCell(cell as OrderCell, server, signal);
};
