/** The results of one part of the benchmark. */
export interface BenchPart {
  readonly rows: readonly BenchRow[];
  /** A section of the page with the details. */
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
  readonly title: string;
  /** The cells of the table, in Markdown. */
  readonly text: string;
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
