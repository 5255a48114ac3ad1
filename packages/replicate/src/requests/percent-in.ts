/** Matches `n/m` of a progress bar. */
const ratio = /(?<![\d./])(\d{1,7})\/(\d{1,7})(?![\d/])/g;

/**
 * The progress of a training in its log: the last bar whose total are the steps that were ordered, as a whole number from
 * 0 to 100. Bars of downloads and captions have other totals.
 */
export function percentIn(
  logs: string,
  input: Readonly<Record<string, unknown>> | null | undefined,
): number | undefined {
  const steps = Number(input?.["training_steps"] ?? input?.["steps"]);
  if (!(steps > 0)) return undefined;
  // The end of a log that may have megabytes.
  const bars = [...logs.slice(-20_000).matchAll(ratio)].map(([, done, all]) => [Number(done), Number(all)] as const);
  const bar = bars.findLast(([done, all]) => all === steps && done <= all);
  return bar && Math.floor((100 * bar[0]) / steps);
}
