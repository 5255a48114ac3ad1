/** Shapes of a picture, width to height. */
export const ratios = ["1:1", "4:5", "3:4", "2:3", "9:16", "4:3", "3:2", "16:9"] as const;
export type Ratio = (typeof ratios)[number];

/**
 * Pixels of each shape: multiples of 16, as FLUX.1 wants them, and the largest below 1,000,000. fal rounds up to whole
 * megapixels, so each is billed as one.
 */
export const sizes = {
  "1:1": { width: 992, height: 992 },
  "4:5": { width: 880, height: 1104 },
  "3:4": { width: 864, height: 1152 },
  "2:3": { width: 816, height: 1216 },
  "9:16": { width: 736, height: 1312 },
  "4:3": { width: 1152, height: 864 },
  "3:2": { width: 1216, height: 816 },
  "16:9": { width: 1312, height: 736 },
} as const satisfies Record<Ratio, { readonly width: number; readonly height: number }>;
