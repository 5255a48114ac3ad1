import { bytesOf, charactersOf, spliced } from "../bytes.ts";
import { crc32 } from "../../../values/crc-32.ts";

const numbers = (value: number, size: number, littleEndian = false): string => {
  const bytes = Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** index) % 256);
  return String.fromCharCode(...(littleEndian ? bytes : bytes.toReversed()));
};

/** The JPEG with a segment more, right behind its start. */
export const withSegment = (jpeg: Uint8Array, marker: number, body: string): Uint8Array =>
  spliced(jpeg, 2, 2, bytesOf(`\xff${numbers(marker, 1)}${numbers(body.length + 2, 2)}${body}`));

/** The PNG with a chunk more, right behind its header. */
export const withChunk = (png: Uint8Array, type: string, data: string): Uint8Array =>
  spliced(png, 33, 33, bytesOf(`${numbers(data.length, 4)}${type}${data}${numbers(crc32(bytesOf(type + data)), 4)}`));

/** The WebP with a chunk more at its end. */
export function withRiffChunk(webp: Uint8Array, type: string, data: string): Uint8Array {
  const chunk = `${type}${numbers(data.length, 4, true)}${data}${"\0".repeat(data.length % 2)}`;
  return bytesOf(`RIFF${numbers(webp.length + chunk.length - 8, 4, true)}${charactersOf(webp).slice(8)}${chunk}`);
}

export const xmpNames = { jpeg: "http://ns.adobe.com/xap/1.0/\0", png: "XML:com.adobe.xmp\0\0\0\0\0" } as const;

/** The picture with this packet where its format has one. */
export const withPacket = {
  jpeg: (jpeg, packet) => withSegment(jpeg, 0xe1, xmpNames.jpeg + packet),
  png: (png, packet) => withChunk(png, "iTXt", xmpNames.png + packet),
  "WebP with transparency": (webp, packet) => withRiffChunk(webp, "XMP ", packet),
} as const satisfies Record<string, (picture: Uint8Array, packet: string) => Uint8Array>;
