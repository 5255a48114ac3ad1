import type sharp from "sharp";

/** The module itself: `import sharp from "sharp"`. */
export type SharpModule = typeof sharp;
