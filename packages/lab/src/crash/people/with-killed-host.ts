import type { Cell, CellReport } from "../cell.ts";
import type { EngineServer } from "../engines/engine.ts";
import { engines } from "../engines/engines.ts";
import type { Verdict } from "../invariants.ts";
import { openStage, timesAfter, type Stage } from "../stage/stage.ts";
import type { Waiting } from "../stage/until-idle.ts";
import { openFal, type FalVendor } from "../vendors/open-fal.ts";
import { revivedHost, type RevivedHost } from "./revived-host.ts";

export interface KilledHostStage {
  readonly stage: Stage<FalVendor>;
  /** Starts the host that kills itself at the point of the cell, once. */
  start(): RevivedHost;
  /** How long anything is waited for. */
  readonly until: Waiting;
}

/** Runs a cell about a person, in which a host is killed exactly once, and reports on it. */
export async function withKilledHost(
  cell: Cell,
  server: EngineServer,
  signal: AbortSignal,
  run: (opened: KilledHostStage) => Promise<Verdict>,
): Promise<CellReport> {
  const started = performance.now();
  const stage = await openStage(cell.engine, server, await openFal(), timesAfter(engines[cell.engine].releasedSeconds));
  const over = new AbortController();
  const until = {
    signal: AbortSignal.any([signal, over.signal]),
    seconds: 120 + 5 * engines[cell.engine].recoverySeconds,
  };
  let kills = (): number => 0;
  const start = (): RevivedHost => {
    const host = revivedHost(stage, cell.point, until.signal);
    ({ kills } = host);
    return host;
  };
  try {
    const verdict = await run({ stage, start, until });
    const broken = [...verdict.broken, ...(kills() === 1 ? [] : [`in the end: kills is ${kills()}, not 1`])];
    const seconds = (performance.now() - started) / 1_000;
    return { ...verdict, broken, cell, kills: kills(), seconds, written: broken.length > 0 ? stage.written() : "" };
  } finally {
    over.abort();
    await stage.close();
  }
}
