/** Seconds until the next attempt after a number of attempts: 1, 2, 4, … up to an hour, ±20 % to spread the retries. */
export const backOffSeconds = (attempts: number): number =>
  Math.min(2 ** (attempts - 1), 3_600) * (0.8 + Math.random() * 0.4);
