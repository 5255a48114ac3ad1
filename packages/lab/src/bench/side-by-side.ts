export interface Contestants {
  readonly ours: () => unknown;
  readonly floor: () => unknown;
  readonly rounds?: number;
}

/** Milliseconds of one run, and the throughput of ours divided by that of the floor. */
export interface SideBySide {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
}

/**
 * Runs both in turn, round after round, so that whatever else the machine is doing meets both alike. All three numbers are
 * medians over the rounds; the ratio is taken within each round, where the two ran side by side.
 */
export async function measureSideBySide({ ours, floor, rounds = 25 }: Contestants): Promise<SideBySide> {
  await ours();
  await floor();
  const times: { ours: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // Whoever runs second finds the caches warm: take turns.
    const oursFirst = round % 2 === 0 ? await timed(ours) : undefined;
    const floorTime = await timed(floor);
    times.push({ ours: oursFirst ?? (await timed(ours)), floor: floorTime });
  }
  return {
    ours: median(times.map((time) => time.ours)),
    floor: median(times.map((time) => time.floor)),
    ratio: median(times.map((time) => time.floor / time.ours)),
  };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** The value that so many percent of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
