/** What the transform leaves to the quantization to multiply by, for each row and column. */
const scales = [0, 1, 2, 3, 4, 5, 6, 7].map((index) =>
  index === 0 ? 1 : Math.SQRT2 * Math.cos((index * Math.PI) / 16),
);

/** By what each coefficient of `forwardDct` is multiplied to be quantized. */
export const divisors = (quantization: readonly number[]): Float64Array =>
  Float64Array.from(quantization, (step, at) => 1 / (8 * step * (scales[at >> 3] ?? 1) * (scales[at & 7] ?? 1)));

/**
 * The discrete cosine transform of 8 × 8 values in rows, in place, by the method of Arai, Agui and Nakajima, with which
 * each of its 16 lines takes five multiplications.
 */
export function forwardDct(block: Float64Array): void {
  for (let row = 0; row < 64; row += 8) transform(block, row, 1);
  for (let column = 0; column < 8; column++) transform(block, column, 8);
}

/** cos(π/4), cos(3π/8), cos(π/8) − cos(3π/8) and their sum. */
const c4 = Math.SQRT1_2;
const c6 = Math.cos((3 * Math.PI) / 8);
const difference = Math.cos(Math.PI / 8) - c6;
const sum = Math.cos(Math.PI / 8) + c6;

function transform(values: Float64Array, at: number, step: number): void {
  const value = (index: number): number => values[at + index * step] ?? 0;
  const [s07, s16, s25, s34] = [value(0) + value(7), value(1) + value(6), value(2) + value(5), value(3) + value(4)];
  const [d07, d16, d25, d34] = [value(0) - value(7), value(1) - value(6), value(2) - value(5), value(3) - value(4)];

  const [e03, e12] = [s07 + s34, s16 + s25];
  const [f03, f12] = [s07 - s34, s16 - s25];
  const turned = (f12 + f03) * c4;
  values[at] = e03 + e12;
  values[at + 4 * step] = e03 - e12;
  values[at + 2 * step] = f03 + turned;
  values[at + 6 * step] = f03 - turned;

  const [o1, o2, o3] = [d34 + d25, d25 + d16, d16 + d07];
  const common = (o1 - o3) * c6;
  const [p2, p4, p3] = [difference * o1 + common, sum * o3 + common, o2 * c4];
  const [q1, q2] = [d07 + p3, d07 - p3];
  values[at + 5 * step] = q2 + p2;
  values[at + 3 * step] = q2 - p2;
  values[at + step] = q1 + p4;
  values[at + 7 * step] = q1 - p4;
}
