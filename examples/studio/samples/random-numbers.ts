import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";

export interface RandomNumbers {
  between(minimum: number, maximum: number): number;
  oneOf<T>(choices: readonly [T, ...T[]]): T;
}

/** Reproducible pseudo-random numbers, so that the samples are the same on every machine. */
export function randomNumbers(seed: number): RandomNumbers {
  const generator = mersenne(seed);
  return {
    between: (minimum, maximum) => minimum + uniformFloat64(generator) * (maximum - minimum),
    oneOf: (choices) => choices[Math.floor(uniformFloat64(generator) * choices.length)] ?? choices[0],
  };
}
