import type { PhotoRejected, PhotoRejection, PhotoRejectionCode } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";
import type { InspectionLimits } from "./inspection-limits.ts";
import { isDecoded, type PhotoHeader } from "./photo-header.ts";
import type { PictureMeasures } from "./picture-measures.ts";

/** By rejection code: the numbers of the rejection, or nothing when the photo passes. The first rejection counts. */
type Checks<Known> = {
  readonly [Code in PhotoRejectionCode]?: (
    known: Known,
    limits: InspectionLimits,
  ) => Extract<PhotoRejection, { code: Code }> | undefined;
};

/** What is known before anything is decoded. */
export interface PhotoFile {
  readonly bytes: number;
  readonly format: string | undefined;
}

export const fileChecks: Checks<PhotoFile> = {
  empty: ({ bytes }) => (bytes === 0 ? { code: "empty" } : undefined),
  "file-too-large": ({ bytes }, { maximumBytes: maximum }) =>
    bytes > maximum ? { code: "file-too-large", bytes, maximum } : undefined,
  "not-an-image": ({ format }) => (format === undefined ? { code: "not-an-image" } : undefined),
  "unsupported-format": ({ format }) =>
    format !== undefined && !isDecoded(format) ? { code: "unsupported-format", format } : undefined,
};

/** Checked before sharp is used, and again with sharp's data. */
export const varietyChecks: Checks<Pick<PhotoHeader, "format" | "variety">> = {
  "unsupported-format": ({ format, variety }) =>
    variety && { code: "unsupported-format", format: `${variety}-${format}` },
};

export const headerChecks: Checks<PhotoHeader> = {
  ...varietyChecks,
  "too-many-pixels": ({ width, height }, { maximumPixels: maximum }) =>
    width * height > maximum ? { code: "too-many-pixels", pixels: width * height, maximum } : undefined,
  truncated: ({ ends }) => (ends ? undefined : { code: "truncated" }),
  "too-small": ({ width, height }, { minimumSide: minimum }) =>
    Math.min(width, height) < minimum ? { code: "too-small", side: Math.min(width, height), minimum } : undefined,
  "extreme-ratio": ({ width, height }, { maximumRatio: maximum }) => {
    const ratio = Math.max(width / height, height / width);
    return ratio > maximum ? { code: "extreme-ratio", ratio, maximum } : undefined;
  },
};

/** What is known once it was decoded. */
export interface PhotoData {
  readonly damaged: boolean;
}

export const dataChecks: Checks<PhotoData> = {
  truncated: ({ damaged }) => (damaged ? { code: "truncated" } : undefined),
};

export const pictureChecks: Checks<PictureMeasures> = {
  "too-dark": ({ luminance }, { minimumLuminance: minimum }) =>
    luminance < minimum ? { code: "too-dark", luminance, minimum } : undefined,
  "too-bright": ({ luminance }, { maximumLuminance: maximum }) =>
    luminance > maximum ? { code: "too-bright", luminance, maximum } : undefined,
  "low-contrast": ({ contrast }, { minimumContrast: minimum }) =>
    contrast < minimum ? { code: "low-contrast", contrast, minimum } : undefined,
  "too-blurry": ({ sharpness }, { minimumSharpness: minimum }) =>
    sharpness < minimum ? { code: "too-blurry", sharpness, minimum } : undefined,
};

/** Applies the checks in their order. */
export function judge<Known>(
  checks: Checks<Known>,
  known: Known,
  limits: InspectionLimits,
): Result<Known, PhotoRejected> {
  for (const check of Object.values(checks)) {
    const rejection = check(known, limits);
    if (rejection) return err({ type: "photo-rejected", rejection });
  }
  return ok(known);
}
