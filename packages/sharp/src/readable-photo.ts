import { readablePng } from "./readable-png.ts";

/** A photo with everything that it says about itself where sharp reads it. */
export interface ReadablePhoto {
  readonly bytes: Uint8Array;
  /** What makes it a photo that nobody can train with, whatever its format. */
  readonly variety?: PhotoVariety;
}

export type PhotoVariety = "animated" | "hdr";

export const readablePhoto = (format: string | undefined, bytes: Uint8Array): ReadablePhoto =>
  format === "png" ? readablePng(bytes) : { bytes };
