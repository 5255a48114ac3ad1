/** A JPEG whose bytes were lost or changed from a place on. */
export const damages = {
  "overwritten with zeros": (jpeg, at, length) => Buffer.from(jpeg).fill(0, at, at + length),
  "overwritten with 255": (jpeg, at, length) => Buffer.from(jpeg).fill(255, at, at + length),
  "overwritten with noise": (jpeg, at, length) =>
    Buffer.from(jpeg).map((byte, index) => (index < at || index >= at + length ? byte : (index * 7_919 + 13) % 251)),
  "cut out": (jpeg, at, length) => Buffer.concat([jpeg.subarray(0, at), jpeg.subarray(at + length)]),
} as const satisfies Record<string, (jpeg: Buffer, at: number, length: number) => Uint8Array>;

/** Where the pixels begin. */
export const scanStart = (jpeg: Buffer): number => {
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  return scan + 2 + jpeg.readUInt16BE(scan + 2);
};

/** With these bytes right in front of the first marker of a kind, or of the last one where it is the end. */
export function withBytesBefore(jpeg: Buffer, marker: number, bytes: Uint8Array): Buffer {
  const name = Buffer.from([0xff, marker]);
  const at = marker === 0xd9 ? jpeg.lastIndexOf(name) : jpeg.indexOf(name);
  return Buffer.concat([jpeg.subarray(0, at), bytes, jpeg.subarray(at)]);
}
