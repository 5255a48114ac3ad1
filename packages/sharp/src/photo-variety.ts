/** A photo with its metadata where sharp reads it. */
export interface ReadablePhoto {
  readonly bytes: Uint8Array;
  /** Why it cannot be read or trained with, although its format is known. */
  readonly variety?: PhotoVariety | undefined;
}

export type PhotoVariety = "animated" | "hdr" | "12-bit" | "hierarchical" | "many-scans";
