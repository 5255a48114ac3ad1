import type { ResultAsync } from "neverthrow";
import type { InspectorFailure } from "./photo-inspector.ts";

export type PictureType = "image/jpeg" | "image/png" | "image/webp";

/** What a picture's bytes are. */
export interface PictureFacts {
  /** By the content, whatever a header or a name says. */
  readonly contentType: PictureType;
  /** Pixels of the upright picture. */
  readonly width: number;
  readonly height: number;
  /** Mean and deviation of its luminance are under 3 of 255: what a provider sends instead of a picture that it blocked. */
  readonly black: boolean;
}

/** More is refused: bytes of the file before anything is read, width times height before anything is decoded. */
export const pictureLimits = { bytes: 30 * 1024 * 1024, pixels: 50_000_000 } as const;

/** The bytes are no JPEG, PNG or WebP, are cut or damaged, or more than may be decoded. */
export interface NotAPicture {
  readonly type: "not-a-picture";
  /** For the log: why, with the number that is too large. It holds nothing of the bytes. */
  readonly detail: string;
}

/**
 * Looks at a picture that a provider made, before it is stored: all of it is decoded, within limits. Run
 * `describePictureInspector` of `@likeness/testing` against yours.
 */
export interface PictureInspector {
  inspect(bytes: Uint8Array): ResultAsync<PictureFacts, NotAPicture | InspectorFailure>;
}
