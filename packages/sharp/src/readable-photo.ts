import { jpegVariety } from "./jpeg-variety.ts";
import type { ReadablePhoto } from "./photo-variety.ts";
import { readablePng } from "./readable-png.ts";

const readers: Readonly<Record<string, (bytes: Uint8Array) => ReadablePhoto>> = {
  jpeg: (bytes) => ({ bytes, variety: jpegVariety(bytes) }),
  png: readablePng,
};

/** The photo as sharp reads all of its metadata, with what it must not be given. */
export const readablePhoto = (format: string | undefined, bytes: Uint8Array): ReadablePhoto =>
  readers[format ?? ""]?.(bytes) ?? { bytes };
