import type { ImageMarker } from "../../ports/image-marker.ts";
import type { PictureType } from "../../ports/picture-inspector.ts";
import { markJpeg } from "./mark-jpeg.ts";
import { markPng } from "./mark-png.ts";
import { markWebp } from "./mark-webp.ts";

const marks = {
  "image/jpeg": markJpeg,
  "image/png": markPng,
  "image/webp": markWebp,
} as const satisfies Record<PictureType, (bytes: Uint8Array) => Uint8Array>;

/**
 * Writes the IPTC's `DigitalSourceType` with the value `trainedAlgorithmicMedia` into the file's XMP, and nothing else:
 * about 430 bytes, without touching the pixels. A file stays as it is when it says already where it comes from, when it
 * carries Content Credentials (C2PA), whose signature any change would break, or when it is malformed. So marking twice
 * is marking once. https://iptc.org/standards/photo-metadata/
 */
export const iptcMarker: ImageMarker = {
  mark: (bytes, { contentType }) => marks[contentType](bytes),
};
