import { bytesOf, charactersOf, isAt, joined, spliced, viewOf } from "./bytes.ts";
import { crc32 } from "../../values/crc-32.ts";
import { markedPacket, newPacket } from "./xmp-packet.ts";

/** A chunk from its length to its checksum, and what it holds. */
interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly data: Uint8Array;
}

const signature = "\x89PNG\r\n\x1a\n";
const keyword = "XML:com.adobe.xmp\0";
/** Neither compressed nor in a language. */
const plain = "\0\0\0\0";

/** XMP that this marker does not read: compressed, or as ImageMagick once wrote it. */
const otherKeywords: readonly string[] = [keyword, "Raw profile type xmp\0"];
const texts: readonly string[] = ["iTXt", "zTXt", "tEXt"];

/** Puts the packet into a text right behind the header. Part 3 of the XMP specification, 1.1.5. */
export function markPng(png: Uint8Array): Uint8Array {
  const chunks = chunksOf(png);
  const [header] = chunks ?? [];
  if (!chunks || !header || chunks.some(({ type }) => type === "caBX")) return png;
  const packets = chunks.filter(({ type, data }) => type === "iTXt" && isAt(data, 0, keyword + plain));
  const others = chunks.filter(
    ({ type, data }) => texts.includes(type) && otherKeywords.some((word) => isAt(data, 0, word)),
  );
  if (others.length === 0) return spliced(png, header.end, header.end, textOf(newPacket));
  const [packet] = packets;
  if (!packet || others.length > 1) return png;
  const marked = markedPacket(packet.data.subarray(keyword.length + plain.length));
  return marked ? spliced(png, packet.start, packet.end, textOf(marked)) : png;
}

/** All chunks; undefined when header, pixels or end are missing. https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunksOf(png: Uint8Array): readonly Chunk[] | undefined {
  if (!isAt(png, 0, signature)) return undefined;
  const view = viewOf(png);
  const chunks: Chunk[] = [];
  let end = signature.length;
  while (chunks.at(-1)?.type !== "IEND") {
    const start = end;
    if (start + 12 > png.length) return undefined;
    end = start + 12 + view.getUint32(start);
    if (end > png.length) return undefined;
    const type = charactersOf(png.subarray(start + 4, start + 8));
    chunks.push({ type, start, end, data: png.subarray(start + 8, end - 4) });
  }
  const [header] = chunks;
  const isPicture = header?.type === "IHDR" && header.data.length === 13 && chunks.some(({ type }) => type === "IDAT");
  return isPicture ? chunks : undefined;
}

function textOf(packet: Uint8Array): Uint8Array {
  const named = joined(bytesOf(`iTXt${keyword}${plain}`), packet);
  const numbers = new DataView(new ArrayBuffer(8));
  numbers.setUint32(0, named.length - 4);
  numbers.setUint32(4, crc32(named));
  const bytes = new Uint8Array(numbers.buffer);
  return joined(bytes.subarray(0, 4), named, bytes.subarray(4));
}
