import type { Chromaticity, ColourSpace, Primaries } from "./colour-profile.ts";

const d65 = [0.3127, 0.329] as const;
const illuminantC = [0.31, 0.316] as const;

const primaries = (white: Chromaticity, red: Chromaticity, green: Chromaticity, blue: Chromaticity): Primaries => ({
  white,
  red,
  green,
  blue,
});

const bt709 = primaries(d65, [0.64, 0.33], [0.3, 0.6], [0.15, 0.06]);
const smpte170 = primaries(d65, [0.63, 0.34], [0.31, 0.595], [0.155, 0.07]);

/** Of sRGB. https://www.w3.org/Graphics/Color/sRGB */
const srgbLight = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

export const srgb: ColourSpace = { ...bt709, light: srgbLight };

/** The light of a value that is a power of it. */
export const power =
  (exponent: number) =>
  (value: number): number =>
    value ** exponent;

/** By number, without the one for "unspecified". https://www.itu.int/rec/T-REC-H.273 (table 2) */
export const primariesByCode: Readonly<Record<number, Primaries>> = {
  1: bt709,
  4: primaries(illuminantC, [0.67, 0.33], [0.21, 0.71], [0.14, 0.08]),
  5: primaries(d65, [0.64, 0.33], [0.29, 0.6], [0.15, 0.06]),
  6: smpte170,
  7: smpte170,
  8: primaries(illuminantC, [0.681, 0.319], [0.243, 0.692], [0.145, 0.049]),
  9: primaries(d65, [0.708, 0.292], [0.17, 0.797], [0.131, 0.046]),
  10: primaries([1 / 3, 1 / 3], [1, 0], [0, 1], [0, 0]),
  11: primaries([0.314, 0.351], [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  12: primaries(d65, [0.68, 0.32], [0.265, 0.69], [0.15, 0.06]),
  22: primaries(d65, [0.63, 0.34], [0.295, 0.605], [0.155, 0.077]),
};

/** Light brighter than white, which no 8 bits hold, is in PQ and HLG. */
export const isHdr = (transfer: number | undefined): boolean => transfer === 16 || transfer === 18;

/**
 * By number, the light that a value stands for. https://www.itu.int/rec/T-REC-H.273 (table 3). The curves of cameras for
 * television (1, 6, 11, 12, 14, 15) are read with that of sRGB: what was meant for a screen.
 */
export const lightByCode: Readonly<Record<number, ColourSpace["light"]>> = {
  1: srgbLight,
  4: power(2.2),
  5: power(2.8),
  6: srgbLight,
  7: (value) => (value < 0.0912 ? value / 4 : ((value + 0.1115) / 1.1115) ** (1 / 0.45)),
  8: power(1),
  9: (value) => (value <= 0 ? 0 : 10 ** (2 * (value - 1))),
  10: (value) => (value <= 0 ? 0 : 10 ** (2.5 * (value - 1))),
  11: srgbLight,
  12: srgbLight,
  13: srgbLight,
  14: srgbLight,
  15: srgbLight,
  17: (value) => (52.37 / 48) * value ** 2.6,
};
