/** A photo with everything that it says about itself where sharp reads it. */
export interface ReadablePhoto {
  readonly bytes: Uint8Array;
  /** What makes it a photo that nobody can train with, or read, although its format is a known one. */
  readonly variety?: PhotoVariety | undefined;
}

export type PhotoVariety = "animated" | "hdr" | "12-bit" | "hierarchical" | "many-scans";
