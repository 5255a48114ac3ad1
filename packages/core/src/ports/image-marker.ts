import type { Timestamp } from "../values/timestamp.ts";
import type { PictureType } from "./picture-inspector.ts";

/** What a marker may say about a picture. */
export interface MadePicture {
  readonly contentType: PictureType;
  readonly madeAt: Timestamp;
  /** The model that made it, by the provider's name. */
  readonly model: string;
}

/** Writes into a picture's file that a model made it. The default is `iptcMarker`. */
export interface ImageMarker {
  /** Pure, and never throws: a file that it cannot or need not mark is returned as it is. Pixels stay the same. */
  mark(bytes: Uint8Array, about: MadePicture): Uint8Array;
}
