import type { GreyPicture } from "./grey-picture.ts";

/** Rounded to one decimal, so that the compared values are the reported ones. */
export interface PictureMeasures {
  /** Mean, 0 to 255. */
  readonly luminance: number;
  /** Standard deviation, 0 to 127.5. */
  readonly contrast: number;
  /** Variance of the Laplacian: how much fine detail there is. */
  readonly sharpness: number;
}

export function measurePicture(grey: GreyPicture): PictureMeasures {
  const light = spreadOfLight(grey);
  return {
    luminance: round(light.mean),
    contrast: round(Math.sqrt(light.variance)),
    sharpness: round(spreadOfLaplacian(grey).variance),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

interface Spread {
  readonly mean: number;
  readonly variance: number;
}

function spread(sum: number, squares: number, count: number): Spread {
  const mean = sum / count;
  return { mean, variance: squares / count - mean * mean };
}

function spreadOfLight({ pixels }: GreyPicture): Spread {
  let sum = 0;
  let squares = 0;
  // By index: an iterator over a typed array takes ten times as long.
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index] ?? 0;
    sum += value;
    squares += value * value;
  }
  return spread(sum, squares, pixels.length);
}

/** Of the four neighbours minus four times the pixel; without the border, where a neighbour is missing. */
function spreadOfLaplacian({ width, height, pixels }: GreyPicture): Spread {
  const rowAt = (y: number): Uint8Array => pixels.subarray(y * width, (y + 1) * width);
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    const [above, row, below] = [rowAt(y - 1), rowAt(y), rowAt(y + 1)];
    let left = row[0] ?? 0;
    let here = row[1] ?? 0;
    for (let x = 1; x < width - 1; x++) {
      const right = row[x + 1] ?? 0;
      const edge = left + right + (above[x] ?? 0) + (below[x] ?? 0) - 4 * here;
      sum += edge;
      squares += edge * edge;
      left = here;
      here = right;
    }
  }
  return spread(sum, squares, (width - 2) * (height - 2));
}
