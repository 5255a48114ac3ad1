export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Width and height out of the header of a JPEG, PNG, GIF, WebP or BMP; `undefined` for anything else. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = readers.find(({ magic, offset = 0 }) => startsWith(bytes, magic, offset));
  try {
    return reader?.read(view);
  } catch {
    // A header that ends too early.
    return undefined;
  }
}

interface Reader {
  readonly magic: readonly number[];
  readonly offset?: number;
  readonly read: (view: DataView) => PictureSize | undefined;
}

const readers: readonly Reader[] = [
  { magic: [0xff, 0xd8, 0xff], read: jpegSize },
  {
    magic: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    read: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  },
  {
    magic: [0x47, 0x49, 0x46, 0x38],
    read: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  },
  { magic: [0x57, 0x45, 0x42, 0x50], offset: 8, read: webpSize },
  {
    magic: [0x42, 0x4d],
    read: (view) => ({ width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }),
  },
];

const startsWith = (bytes: Uint8Array, magic: readonly number[], offset: number): boolean =>
  magic.every((byte, index) => bytes[offset + index] === byte);

/** Goes from marker to marker until a frame begins; every marker but those without a body says how long it is. */
function jpegSize(view: DataView): PictureSize | undefined {
  let position = 2;
  while (view.getUint8(position) === 0xff) {
    const marker = view.getUint8(position + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: view.getUint16(position + 7), height: view.getUint16(position + 5) };
    const fill = marker === 0xff;
    position += fill ? 1 : 2 + view.getUint16(position + 2);
  }
  return undefined;
}

/** Lossy, lossless and extended files keep it in different places. */
function webpSize(view: DataView): PictureSize | undefined {
  const kinds: Readonly<Record<string, () => PictureSize>> = {
    "VP8 ": () => ({ width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }),
    VP8L: () => {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    },
    VP8X: () => ({
      width: (view.getUint32(24, true) & 0xffffff) + 1,
      height: ((view.getUint32(26, true) >> 8) & 0xffffff) + 1,
    }),
  };
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((offset) => view.getUint8(offset)));
  return kinds[kind]?.();
}
