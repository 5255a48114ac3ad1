/** The results of one part of the benchmark. */
export interface BenchPart {
  readonly rows: readonly BenchRow[];
  /** What the page tells besides. */
  readonly details?: BenchDetails;
}

/** One line of the table of benchmarks, with its goal. */
export interface BenchRow {
  readonly name: string;
  /** Our result, and that of the baseline: the bare library, or our code with less to do. As text: `9 photos/s`. */
  readonly ours: string;
  readonly floor: string;
  /** Usually our throughput divided by the baseline's: above 1 we are faster. NaN where there is none. */
  readonly ratio: number;
  readonly goal: string;
  readonly met: boolean;
}

export interface BenchDetails {
  /** How it is measured, in Markdown, as are the cells of the table. */
  readonly text: string;
  /** The table tells which goals are met, so that the page needs no other for them. */
  readonly tellsGoals?: true;
  readonly header: readonly string[];
  readonly lines: readonly (readonly string[])[];
  readonly chart: BenchChart;
  /** The figures behind the table, for programs. */
  readonly figures: unknown;
}

/** Horizontal bars. */
export interface BenchChart {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
  /** A line across the bars. */
  readonly goal: { readonly value: number; readonly text: string };
}
