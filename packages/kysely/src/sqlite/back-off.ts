/** Seconds until the next try after so many: 1, 2, 4, … up to an hour, ±20 % so that failures do not march in step. */
export const backOffSeconds = (attempts: number): number =>
  Math.min(2 ** (attempts - 1), 3_600) * (0.8 + Math.random() * 0.4);
