/** What one part of the benchmark found. */
export interface BenchPart {
  readonly rows: readonly BenchRow[];
  /** A section of its own on the page, for those who want to know more. */
  readonly details?: BenchDetails;
}

/** One line of the table of benchmarks, with its goal. */
export interface BenchRow {
  readonly name: string;
  /** What we reach, and what it is compared with: the bare library, or ourselves with less to do. For people: `9 photos/s`. */
  readonly ours: string;
  readonly floor: string;
  /** Mostly the throughput of ours divided by that of the floor: above 1 we are the faster one. NaN where there is none. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}

export interface BenchDetails {
  readonly title: string;
  /** What the table says, in Markdown. */
  readonly text: string;
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly chart: BenchChart;
  /** What the table was made of, for programs. */
  readonly figures: unknown;
}

/** Horizontal bars. */
export interface BenchChart {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
  /** A line across the bars. */
  readonly goal: { readonly value: number; readonly text: string };
}
