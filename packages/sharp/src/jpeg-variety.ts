import { nextMarker } from "./jpeg-marker.ts";
import type { PhotoVariety } from "./photo-variety.ts";

/** Markers of frames: all processes but DHT, JPG and DAC. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (table B.1) */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const hierarchical: readonly number[] = [0xc5, 0xc6, 0xc7, 0xcd, 0xce, 0xcf, 0xde];
const scan = 0xda;
const end = 0xd9;

/** More than any program writes; libjpeg takes no more of them from who asks it to write a picture. */
const mostScans = 100;

/**
 * What makes a JPEG one that sharp cannot read: more than 8 bits, or several frames that build on each other. Or one that
 * keeps it busy for minutes: each scan goes over all pixels, and a few hundred bytes may hold one.
 */
export function jpegVariety(photo: Uint8Array): PhotoVariety | undefined {
  const jpeg = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength);
  let scans = 0;
  for (let found = nextMarker(jpeg, 2); found && found.behind + 3 <= jpeg.length;) {
    const { marker, behind } = found;
    if (marker === end) return undefined;
    // Behind the first scan, these may be damage.
    if (scans === 0 && hierarchical.includes(marker)) return "hierarchical";
    if (scans === 0 && isFrame(marker) && jpeg[behind + 2] === 12) return "12-bit";
    if (marker === scan && ++scans > mostScans) return "many-scans";
    found = nextMarker(jpeg, behind + jpeg.readUInt16BE(behind));
  }
  return undefined;
}
