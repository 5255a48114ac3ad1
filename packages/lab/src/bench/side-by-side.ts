export interface Contestants {
  readonly ours: () => unknown;
  readonly floor: () => unknown;
  readonly rounds?: number;
}

/** Milliseconds of one run, and our throughput divided by the baseline's. */
export interface SideBySide {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
}

/**
 * Runs both alternately in rounds, so that other load of the machine affects both equally. All three numbers are
 * medians over the rounds; the ratio is computed within each round.
 */
export async function measureSideBySide({ ours, floor, rounds = 25 }: Contestants): Promise<SideBySide> {
  await ours();
  await floor();
  const times: { ours: number; floor: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // The order alternates, because the second one finds warm caches.
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

/** A percentile of the values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
