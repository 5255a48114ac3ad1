import { bytesOf, charactersOf, isAt, joined, spliced, viewOf } from "./bytes.ts";
import { markedPacket, newPacket } from "./xmp-packet.ts";

/** A chunk from its name to its padding, and what it holds. */
interface Chunk {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly data: Uint8Array;
}

const headerBytes = 12;
const mostBytes = 0xfffffffe;
/** Bits of the first byte of VP8X. https://developers.google.com/speed/webp/docs/riff_container#extended_file_format */
const flags = { xmp: 0x04, alpha: 0x10 } as const;

const pictures: readonly string[] = ["VP8 ", "VP8L", "ANMF"];

/** Puts the packet into a chunk behind the picture; a file in the simple format becomes one in the extended format. */
export function markWebp(webp: Uint8Array): Uint8Array {
  const chunks = chunksOf(webp);
  if (!chunks || chunks.some(({ type }) => type === "C2PA")) return webp;
  const extension = extensionOf(chunks);
  if (!extension) return webp;
  const [packet, ...others] = chunks.filter(({ type }) => type === "XMP ");
  const marked = packet ? markedPacket(packet.data) : newPacket;
  if (!marked || others.length > 0) return webp;

  const whole = ({ start, end }: Chunk) => webp.subarray(start, end);
  const rest = chunks
    .filter(({ type }) => type !== "VP8X")
    .map((chunk) => (chunk === packet ? chunkOf("XMP ", marked) : whole(chunk)));
  const body = joined(chunkOf("VP8X", extension), ...rest, ...(packet ? [] : [chunkOf("XMP ", marked)]));
  if (body.length + 4 > mostBytes) return webp;
  const end = chunks.at(-1)?.end ?? headerBytes;
  return spliced(webp, 4, end, littleEndian(body.length + 4), bytesOf("WEBP"), body);
}

/** All chunks; undefined when the file is shorter than it says, or holds no picture. */
function chunksOf(webp: Uint8Array): readonly Chunk[] | undefined {
  if (webp.length < headerBytes || !isAt(webp, 0, "RIFF") || !isAt(webp, 8, "WEBP")) return undefined;
  const view = viewOf(webp);
  const fileEnd = 8 + view.getUint32(4, true);
  if (fileEnd > webp.length) return undefined;
  const chunks: Chunk[] = [];
  let end = headerBytes;
  while (end < fileEnd) {
    const start = end;
    if (start + 8 > fileEnd) return undefined;
    const length = view.getUint32(start + 4, true);
    end = start + 8 + length + (length % 2);
    if (end > fileEnd) return undefined;
    const type = charactersOf(webp.subarray(start, start + 4));
    chunks.push({ type, start, end, data: webp.subarray(start + 8, start + 8 + length) });
  }
  return chunks.some(({ type }) => pictures.includes(type)) ? chunks : undefined;
}

/** What VP8X has to say, made of what the picture itself says where there is none; undefined for anything else. */
function extensionOf([first]: readonly Chunk[]): Uint8Array | undefined {
  if (!first) return undefined;
  const { type, data } = first;
  if (type === "VP8X" && data.length === 10) return Uint8Array.of((data[0] ?? 0) | flags.xmp, ...data.subarray(1));
  const view = viewOf(data);
  // Behind the tag of a key frame. https://www.rfc-editor.org/rfc/rfc6386#section-9.1
  if (type === "VP8 " && data.length >= 10 && isAt(data, 3, "\x9d\x01\x2a"))
    return extension(flags.xmp, view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff);
  // https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification#3_riff_header
  if (type === "VP8L" && data.length >= 5 && data[0] === 0x2f) {
    const sizes = view.getUint32(1, true);
    const alpha = sizes & 0x10000000 ? flags.alpha : 0;
    return extension(flags.xmp | alpha, 1 + (sizes & 0x3fff), 1 + ((sizes >>> 14) & 0x3fff));
  }
  return undefined;
}

/** Sides are written less one, in three bytes each. */
const extension = (flag: number, width: number, height: number): Uint8Array =>
  Uint8Array.of(flag, 0, 0, 0, ...littleEndian(width - 1).subarray(0, 3), ...littleEndian(height - 1).subarray(0, 3));

const chunkOf = (type: string, data: Uint8Array): Uint8Array =>
  joined(bytesOf(type), littleEndian(data.length), data, new Uint8Array(data.length % 2));

function littleEndian(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}
