import type { GreyPicture } from "./grey-picture.ts";

/** Rounded to one decimal, so that what is compared is what is told. */
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
  for (const value of pixels) {
    sum += value;
    squares += value * value;
  }
  return spread(sum, squares, pixels.length);
}

/** Of the four neighbours minus four times the pixel; without the border, where a neighbour is missing. */
function spreadOfLaplacian({ width, height, pixels }: GreyPicture): Spread {
  const at = (index: number): number => pixels[index] ?? 0;
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let index = y * width + 1; index < (y + 1) * width - 1; index++) {
      const edge = at(index - 1) + at(index + 1) + at(index - width) + at(index + width) - 4 * at(index);
      sum += edge;
      squares += edge * edge;
    }
  }
  return spread(sum, squares, (width - 2) * (height - 2));
}
