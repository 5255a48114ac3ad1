import type { Recipe } from "./recipe.ts";

/** Pixels of a picture. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** How many times as wide and as high an enlarged picture is. */
export const enlargement = 2;

/** The size of a picture once it is enlarged. */
export const enlarged = ({ width, height }: Size): Size => ({
  width: width * enlargement,
  height: height * enlargement,
});

/** What the provider charges for a picture of this size, in US dollars. fal rounds up to whole megapixels. */
export const picturePrice = ({ pricePerMegapixel }: Recipe, { width, height }: Size): number =>
  Math.ceil((width * height) / 1_000_000) * pricePerMegapixel;
