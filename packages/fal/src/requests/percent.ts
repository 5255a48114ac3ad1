/**
 * Reads the progress of a training from its log, oldest line first: the last `n/m` where m is the training's steps, as
 * a whole number from 0 to 100, rounded down. `undefined` before there is one: a log begins with the bars of downloads
 * and preparations, whose percentages are not the training's. Without `steps`, only a percentage that is labelled as
 * the training's counts.
 *
 * @example
 * percentOf(["weights: 100%|██████| 335M/335M", "step 250/1000"], 1000) // 25
 */
export function percentOf(lines: readonly string[], steps?: number): number | undefined {
  const newestFirst = segments(lines.toReversed());
  return steps === undefined ? first(newestFirst, trainingPercent) : stepPercent(newestFirst, steps);
}

/** A bar is redrawn within its line. */
function* segments(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield* line.split(/[\r\n]+/).toReversed();
}

function first(texts: Iterable<string>, read: (text: string) => number | undefined): number | undefined {
  for (const text of texts) {
    const found = read(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A bar that only appears at 100 % is of something that was done before the training began. */
function stepPercent(newestFirst: Iterable<string>, steps: number): number | undefined {
  let complete = false;
  for (const text of newestFirst) {
    const done = stepsIn(text, steps);
    if (done === undefined) continue;
    if (done < steps) return complete ? 100 : Math.floor((100 * done) / steps);
    complete = true;
  }
  return undefined;
}

/** Matches `n/m` that is not part of a date, a path, a decimal or a size. */
const ratio = /(?<![\d./])(\d{1,9})\s?\/\s?(\d{1,9})(?!\d|\/|\.\d|[kmgt]?i?b\b)/gi;

const stepsIn = (text: string, steps: number): number | undefined =>
  [...text.matchAll(ratio)]
    .map((match) => ({ match, done: Number(match[1]), all: Number(match[2]) }))
    .filter(({ done, all }) => all === steps && all > 0 && done <= all)
    .findLast(({ match }) => isOfTraining(text, match.index, match[0].length))?.done;

/** Recognises bars of work before and after the training, by the words before the bar or a rate in bytes after it. */
const preparation =
  /\b(?:down|up)?load|\b(?:fetch|read|writ|sav|cach|encod|caption|prepar|preprocess|process|extract|unpack|resiz|crop|mask|map|filter|tokeni|embed|convert|copy|generat|validat)/i;
const byteRate = /^[^\r\n]*?[\d.]\s?[kmgt]?i?b\/s/i;
const steps = /\bsteps?\b/i;
const training = /\btraining\b/i;

/** Enough to see the label of a bar and its rate. */
const nearby = 200;

function isOfTraining(text: string, index: number, length: number): boolean {
  const before = text.slice(Math.max(0, index - nearby), index);
  const after = text.slice(index + length, index + length + nearby);
  return !byteRate.test(after) && (steps.test(before) || !isOfPreparation(before));
}

/** The first word decides: "Training with masks" is training, "Downloading training data" is not. */
function isOfPreparation(before: string): boolean {
  const [prepares, trains] = [before.search(preparation), before.search(training)];
  return prepares >= 0 && (trains < 0 || prepares < trains);
}

const percentage = /(?<![\d.-])(\d{1,3}(?:\.\d{1,9})?)\s?%/g;

const trainingPercent = (text: string): number | undefined =>
  [...text.matchAll(percentage)]
    .map((match) => ({ match, value: Math.floor(Number(match[1])) }))
    .filter(({ value }) => value <= 100)
    .findLast(({ match: { index } }) => {
      const before = text.slice(Math.max(0, index - nearby), index);
      return /\btrain|\bsteps?\b/i.test(before) && !preparation.test(before);
    })?.value;
