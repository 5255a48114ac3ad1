/** Lines at the end of the log in which a bare percentage counts: earlier ones are of downloads and other preparations. */
const newest = 20;

/**
 * How far a training is, read from its log, oldest line first: the last `n/m` where m is the training's steps, else the
 * last `n%` of the newest lines. A whole number from 0 to 100, rounded down.
 *
 * @example
 * percentOf(["step 250/1000"], 1000) // 25
 */
export function percentOf(lines: readonly string[], steps?: number): number | undefined {
  return lastOf(lines, (line) => stepPercent(line, steps)) ?? lastOf(lines.slice(-newest), plainPercent);
}

function lastOf(lines: readonly string[], read: (line: string) => number | undefined): number | undefined {
  for (const line of lines.toReversed()) {
    const found = read(line);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Not a part of a date, a path or a decimal. */
const ratio = /(?<![\d./])(\d{1,9})\s?\/\s?(\d{1,9})(?!\d|\/|\.\d)/g;

const stepPercent = (line: string, steps: number | undefined): number | undefined =>
  [...line.matchAll(ratio)]
    .map(([, done, all]) => ({ done: Number(done), all: Number(all) }))
    .filter(({ done, all }) => all === steps && all > 0 && done <= all)
    .map(({ done, all }) => Math.floor((100 * done) / all))
    .at(-1);

const percentage = /(?<![\d.-])(\d{1,3}(?:\.\d{1,9})?)\s?%/g;

const plainPercent = (line: string): number | undefined =>
  [...line.matchAll(percentage)]
    .map(([, value]) => Math.floor(Number(value)))
    .filter((value) => value <= 100)
    .at(-1);
