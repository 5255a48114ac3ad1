const orientationTag = 0x0112;
const shortType = 3;
const entryBytes = 12;

/** What may stand before Exif data, and does in some PNG files. */
const prefix = Buffer.from("Exif\0\0", "latin1");

/**
 * The orientation, 1 to 8, that Exif data ask for; undefined when they name none or cannot be read.
 * https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf (4.6.4)
 */
export function exifOrientation(exif: Buffer): number | undefined {
  const tiff = exif.indexOf(prefix) === 0 ? exif.subarray(prefix.length) : exif;
  const order = byteOrders[tiff.toString("latin1", 0, 4)];
  if (!order || tiff.length < 8) return undefined;
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : order.short(tiff, at));
  const directory = order.long(tiff, 4);
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * entryBytes;
    if (at + entryBytes > tiff.length) return undefined;
    if (short(at) !== orientationTag) continue;
    const orientation = short(at + 8);
    return short(at + 2) === shortType && orientation >= 1 && orientation <= 8 ? orientation : undefined;
  }
  return undefined;
}

/** Exif data that hold an orientation and nothing else. */
export function exifWithOrientation(orientation: number): Buffer {
  const exif = Buffer.alloc(26);
  exif.write("MM\0*\0\0\0\x08\0\x01", "latin1");
  exif.writeUInt16BE(orientationTag, 10);
  exif.writeUInt16BE(shortType, 12);
  exif.writeUInt32BE(1, 14);
  exif.writeUInt16BE(orientation, 18);
  return exif;
}

interface ByteOrder {
  readonly short: (bytes: Buffer, at: number) => number;
  readonly long: (bytes: Buffer, at: number) => number;
}

const byteOrders: Readonly<Record<string, ByteOrder>> = {
  "MM\0*": { short: (bytes, at) => bytes.readUInt16BE(at), long: (bytes, at) => bytes.readUInt32BE(at) },
  "II*\0": { short: (bytes, at) => bytes.readUInt16LE(at), long: (bytes, at) => bytes.readUInt32LE(at) },
};
