export interface Contestants {
  readonly ours: () => unknown;
  readonly floor: () => unknown;
  readonly rounds?: number;
}

/** Milliseconds of one run, and our throughput divided by the baseline's. */
export interface Compared {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
}

export interface SideBySide extends Compared {
  /** The same by the processor time of all threads, which hardly depends on what else the machine does. */
  readonly processor: Compared;
}

/**
 * Runs both alternately in rounds, so that other load of the machine affects both equally. All numbers are
 * medians over the rounds; a ratio is computed within each round.
 */
export async function measureSideBySide({ ours, floor, rounds = 25 }: Contestants): Promise<SideBySide> {
  await ours();
  await floor();
  const times: { ours: Taken; floor: Taken }[] = [];
  for (let round = 0; round < rounds; round++) {
    // The order alternates, because the second one finds warm caches.
    const oursFirst = round % 2 === 0 ? await timed(ours) : undefined;
    const floorTime = await timed(floor);
    times.push({ ours: oursFirst ?? (await timed(ours)), floor: floorTime });
  }
  const compared = (kind: keyof Taken): Compared => ({
    ours: median(times.map((taken) => taken.ours[kind])),
    floor: median(times.map((taken) => taken.floor[kind])),
    ratio: median(times.map((taken) => taken.floor[kind] / taken.ours[kind])),
  });
  return { ...compared("time"), processor: compared("processor") };
}

/** Milliseconds. */
interface Taken {
  readonly time: number;
  readonly processor: number;
}

async function timed(work: () => unknown): Promise<Taken> {
  const used = process.cpuUsage();
  const start = performance.now();
  await work();
  const time = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  return { time, processor: (user + system) / 1000 };
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** A percentile of the values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
