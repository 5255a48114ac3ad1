/** Why a photo was rejected: a code with the measured numbers, never a text. */
export type PhotoRejection =
  | { readonly code: "empty" }
  | { readonly code: "not-an-image" }
  /** A picture in a format, or a variant of a format, that is not supported, e.g. `heif`, `animated-png`, `hdr-png`. */
  | { readonly code: "unsupported-format"; readonly format: string }
  | { readonly code: "truncated" }
  /** Bytes. */
  | { readonly code: "file-too-large"; readonly bytes: number; readonly maximum: number }
  /** Pixels in all. */
  | { readonly code: "too-many-pixels"; readonly pixels: number; readonly maximum: number }
  /** Pixels of the shorter side. */
  | { readonly code: "too-small"; readonly side: number; readonly minimum: number }
  /** Longer side divided by shorter side. */
  | { readonly code: "extreme-ratio"; readonly ratio: number; readonly maximum: number }
  /** Mean luminance, 0 to 255. */
  | { readonly code: "too-dark"; readonly luminance: number; readonly minimum: number }
  | { readonly code: "too-bright"; readonly luminance: number; readonly maximum: number }
  /** Standard deviation of the luminance, 0 to 127.5. */
  | { readonly code: "low-contrast"; readonly contrast: number; readonly minimum: number }
  /** Variance of the Laplacian. */
  | { readonly code: "too-blurry"; readonly sharpness: number; readonly minimum: number }
  /** The same file as the photo with this number. */
  | { readonly code: "duplicate"; readonly of: number }
  /** The same picture as the photo with this number; bits of 64 that differ. */
  | { readonly code: "near-duplicate"; readonly of: number; readonly distance: number }
  /** The avatar has the maximum number of accepted photos, of pending photos, or of rows in total. */
  | { readonly code: "limit-reached"; readonly maximum: number }
  /** It could not be fetched and inspected: the source no longer has it, or every attempt failed until the deadline. */
  | { readonly code: "unavailable" };

export type PhotoRejectionCode = PhotoRejection["code"];

/** The error for a rejected photo. */
export interface PhotoRejected {
  readonly type: "photo-rejected";
  readonly rejection: PhotoRejection;
}

export const photoRejected = (rejection: PhotoRejection): PhotoRejected => ({ type: "photo-rejected", rejection });
