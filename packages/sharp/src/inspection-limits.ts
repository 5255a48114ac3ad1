/** What a photo must be like. The numbers of a rejection are in the same units. */
export interface InspectionLimits {
  /** Of the file as it was received. */
  readonly maximumBytes: number;
  /** Width times height; a file that claims more is never decoded. */
  readonly maximumPixels: number;
  /** Pixels of the shorter side. */
  readonly minimumSide: number;
  /** Longer side divided by shorter side. */
  readonly maximumRatio: number;
  /** Mean luminance, 0 (black) to 255 (white). */
  readonly minimumLuminance: number;
  readonly maximumLuminance: number;
  /** Standard deviation of the luminance, 0 to 127.5. */
  readonly minimumContrast: number;
  /** Variance of the Laplacian of the grey picture with a longest side of 512 pixels. */
  readonly minimumSharpness: number;
}

/** Limits other than the default ones. */
export type InspectionLimitOverrides = {
  readonly [Name in keyof InspectionLimits]?: InspectionLimits[Name] | undefined;
};

/** Checked on real photographs: see the table in this package's README. */
export const defaultInspectionLimits: InspectionLimits = {
  maximumBytes: 20 * 1024 * 1024,
  maximumPixels: 50_000_000,
  minimumSide: 512,
  maximumRatio: 3,
  minimumLuminance: 30,
  maximumLuminance: 225,
  minimumContrast: 15,
  minimumSharpness: 40,
};

const bounds = {
  maximumBytes: [1, Number.MAX_SAFE_INTEGER],
  maximumPixels: [1, Number.MAX_SAFE_INTEGER],
  minimumSide: [1, Number.MAX_SAFE_INTEGER],
  maximumRatio: [1, Number.MAX_VALUE],
  minimumLuminance: [0, 255],
  maximumLuminance: [0, 255],
  minimumContrast: [0, 127.5],
  minimumSharpness: [0, Number.MAX_VALUE],
} as const satisfies Record<keyof InspectionLimits, readonly [number, number]>;

const wholeNumbers: readonly string[] = ["maximumBytes", "maximumPixels", "minimumSide"];

/** The defaults with some limits replaced. Throws a RangeError that names a limit out of bounds. */
export function inspectionLimits(overrides: InspectionLimitOverrides): InspectionLimits {
  const given = Object.entries(overrides).filter(([, limit]) => limit !== undefined);
  const limits: InspectionLimits = { ...defaultInspectionLimits, ...Object.fromEntries(given) };
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const limit = limits[name as keyof InspectionLimits];
    const inBounds = limit >= least && limit <= most;
    if (!inBounds) throw new RangeError(`${name} must lie between ${least} and ${most}`);
    if (wholeNumbers.includes(name) && !Number.isInteger(limit)) throw new RangeError(`${name} must be a whole number`);
  }
  if (limits.minimumLuminance > limits.maximumLuminance)
    throw new RangeError("minimumLuminance must not exceed maximumLuminance");
  return limits;
}
