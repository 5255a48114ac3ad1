import { crc32 } from "../../values/crc-32.ts";

/** A file of a zip. Its pieces are read when its turn comes; `undefined`: it is left out. */
export interface ZipEntry {
  /** Its name, with `/` between folders. */
  readonly name: string;
  open(): Promise<AsyncIterable<Uint8Array> | undefined>;
}

interface Written {
  readonly name: Uint8Array;
  readonly crc: number;
  readonly bytes: number;
  readonly offset: number;
}

/**
 * A zip of files as they are, one after the other, piece by piece: pictures and weights do not compress further. Checksum
 * and size follow the bytes of each file, because they are not known before. Every size is written in the form of ZIP64,
 * so that there may be more than 4 GB or 65,535 files. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const pieces = (await entry.open())?.[Symbol.asyncIterator]();
    if (!pieces) continue;
    const name = encoder.encode(entry.name);
    const start = offset;
    const header = joined(
      numbers([4, signatures.file], ...common(0), [2, name.byteLength], [2, unknownSizes.byteLength]),
      name,
      unknownSizes,
    );
    let [crc, bytes] = [0, 0];
    try {
      yield header;
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
        crc = crc32(next.value, crc);
        bytes += next.value.byteLength;
        yield next.value;
      }
    } finally {
      // Also when nobody reads on.
      await pieces.return?.();
    }
    const descriptor = numbers([4, signatures.descriptor], [4, crc], [8, bytes], [8, bytes]);
    yield descriptor;
    offset += header.byteLength + bytes + descriptor.byteLength;
    written.push({ name, crc, bytes, offset: start });
  }
  yield* directory(written, offset);
}

function* directory(written: readonly Written[], start: number): Generator<Uint8Array> {
  let end = start;
  for (const { name, crc, bytes, offset } of written) {
    const extra = numbers([2, 1], [2, 24], [8, bytes], [8, bytes], [8, offset]);
    const header = joined(
      numbers(
        [4, signatures.directory],
        [2, madeBy],
        ...common(crc),
        [2, name.byteLength],
        [2, extra.byteLength],
        [2, 0],
        [2, 0],
        [2, 0],
        [4, regularFile],
        [4, inExtra],
      ),
      name,
      extra,
    );
    yield header;
    end += header.byteLength;
  }
  const count = written.length;
  yield numbers(
    ...([
      [4, signatures.end64],
      [8, 44],
      [2, madeBy],
      [2, version],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, end - start],
      [8, start],
    ] as const),
    ...([
      [4, signatures.locator],
      [4, 0],
      [8, end],
      [4, 1],
    ] as const),
    ...([
      [4, signatures.end],
      [2, 0],
      [2, 0],
      [2, inExtra & 0xffff],
      [2, inExtra & 0xffff],
    ] as const),
    ...([
      [4, inExtra],
      [4, inExtra],
      [2, 0],
    ] as const),
  );
}

const signatures = {
  file: 0x04034b50,
  descriptor: 0x08074b50,
  directory: 0x02014b50,
  end64: 0x06064b50,
  locator: 0x07064b50,
  end: 0x06054b50,
} as const;

/** 4.5, the first version with ZIP64. */
const version = 45;

/** The same, made on Unix. */
const madeBy = (3 << 8) | version;

/** `-rw-r--r--`. */
const regularFile = 0o100644 * 0x10000;

/** The field is in the extra field instead. */
const inExtra = 0xffffffff;

/** Sizes follow the file, and names are UTF-8. */
const flags = (1 << 3) | (1 << 11);

/** 2000-01-01, because the format has no time zone. */
const day = (20 << 9) | (1 << 5) | 1;

type Numbers = readonly (readonly [2 | 4 | 8, number])[];

/** What both headers of a file say about it. */
const common = (crc: number): Numbers => [
  [2, version],
  [2, flags],
  [2, 0],
  [2, 0],
  [2, day],
  [4, crc],
  [4, inExtra],
  [4, inExtra],
];

/** The extra field for sizes that follow the file. */
const unknownSizes = numbers([2, 1], [2, 16], [8, 0], [8, 0]);

/** Numbers with their widths in bytes, the least significant byte first. */
function numbers(...fields: Numbers): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [width]) => sum + width, 0)));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

const encoder = new TextEncoder();
