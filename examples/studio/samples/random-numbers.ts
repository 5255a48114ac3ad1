export interface RandomNumbers {
  between(minimum: number, maximum: number): number;
  oneOf<T>(choices: readonly [T, ...T[]]): T;
}

/** Reproducible pseudo-random numbers (mulberry32), so that the samples are the same on every machine. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = Math.imul(seed + 1, 0x9e3779b9);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (minimum, maximum) => minimum + next() * (maximum - minimum),
    oneOf: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
  };
}
