import { bytesOf, isAt, joined, spliced, viewOf } from "./bytes.ts";
import { isSettled, markedPacket, newPacket } from "./xmp-packet.ts";

/** A segment from its marker to its end, and where what it holds begins. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const markers = { end: 0xd9, scan: 0xda, jfif: 0xe0, app1: 0xe1, credentials: 0xeb } as const;

/** Markers that no segment belongs to: TEM, restarts, and start and end of a picture. */
const standsAlone = (marker: number): boolean => marker <= 1 || (marker >= 0xd0 && marker <= 0xd9);

const exifName = "Exif\0";
const xmpName = "http://ns.adobe.com/xap/1.0/\0";
/** The rest of a packet that is too large for one segment. */
const extensionName = "http://ns.adobe.com/xmp/extension/\0";
const mostBytes = 0xffff;

/**
 * Puts the packet into a segment of its own behind JFIF and Exif, which have to come first, and in front of anything that
 * points further back. Part 3 of the XMP specification, 1.1.3.
 */
export function markJpeg(jpeg: Uint8Array): Uint8Array {
  const segments = segmentsOf(jpeg);
  if (!segments) return jpeg;
  const holds = (name: string, marker: number) => (segment: Segment) =>
    segment.marker === marker && isAt(jpeg, segment.body, name);
  const bodyOf = ({ body, end }: Segment, name: string) => jpeg.subarray(body + name.length, end);

  if (segments.some(holds("JP", markers.credentials))) return jpeg;
  if (segments.filter(holds(extensionName, markers.app1)).some((part) => isSettled(bodyOf(part, extensionName))))
    return jpeg;

  const packets = segments.filter(holds(xmpName, markers.app1));
  if (packets.some((packet) => isSettled(bodyOf(packet, xmpName)))) return jpeg;
  const [packet] = packets;
  if (packet) {
    const marked = segmentOf(markedPacket(bodyOf(packet, xmpName)));
    return marked ? spliced(jpeg, packet.start, packet.end, marked) : jpeg;
  }

  const isFirst = (segment: Segment) => segment.marker === markers.jfif || holds(exifName, markers.app1)(segment);
  const at = segments.find((segment) => !isFirst(segment))?.start ?? 2;
  const marked = segmentOf(newPacket);
  return marked ? spliced(jpeg, at, at, marked) : jpeg;
}

/** The segments up to the first scan; undefined when they are not in order, or the picture has no end. https://www.w3.org/Graphics/JPEG/itu-t81.pdf (B.1.1) */
function segmentsOf(jpeg: Uint8Array): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  if (!isAt(jpeg, 0, "\xff\xd8")) return undefined;
  const view = viewOf(jpeg);
  let end = 2;
  while (segments.at(-1)?.marker !== markers.scan) {
    const start = end;
    let at = start;
    while (jpeg[at] === 0xff) at += 1;
    const marker = jpeg[at] ?? 0;
    const body = at + 3;
    if (at === start || standsAlone(marker) || body > jpeg.length) return undefined;
    const length = view.getUint16(at + 1);
    end = at + 1 + length;
    if (length < 2 || end > jpeg.length) return undefined;
    segments.push({ marker, start, body, end });
  }
  return hasEnd(jpeg.subarray(end)) ? segments : undefined;
}

function hasEnd(pixels: Uint8Array): boolean {
  let at = pixels.lastIndexOf(markers.end);
  while (at > 0 && pixels[at - 1] !== 0xff) at = pixels.lastIndexOf(markers.end, at - 1);
  return at > 0;
}

/** A segment with this packet, unless it would be too long for one. */
function segmentOf(packet: Uint8Array | undefined): Uint8Array | undefined {
  const length = 2 + xmpName.length + (packet?.length ?? mostBytes);
  if (!packet || length > mostBytes) return undefined;
  return joined(Uint8Array.of(0xff, markers.app1, length >> 8, length & 0xff), bytesOf(xmpName), packet);
}
