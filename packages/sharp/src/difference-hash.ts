import type { GreyPicture } from "./grey-picture.ts";

const columns = 9;
const rows = 8;

/**
 * 64-bit difference hash as 16 hex digits: the picture as 9 × 8 mean luminances, one bit for each pair of neighbours in a
 * row, set where the right one is brighter. https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
 */
export function differenceHash(grey: GreyPicture): string {
  let bits = 0n;
  for (let row = 0; row < rows; row++) {
    const [first = 0, ...others] = Array.from({ length: columns }, (_, column) => cellMean(grey, column, row));
    let left = first;
    for (const mean of others) {
      bits = (bits << 1n) | (mean > left ? 1n : 0n);
      left = mean;
    }
  }
  return bits.toString(16).padStart(16, "0");
}

function cellMean({ width, height, pixels }: GreyPicture, column: number, row: number): number {
  const left = Math.round((column * width) / columns);
  const right = Math.round(((column + 1) * width) / columns);
  const top = Math.round((row * height) / rows);
  const bottom = Math.round(((row + 1) * height) / rows);
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += pixels[y * width + x] ?? 0;
  return sum / ((right - left) * (bottom - top));
}
