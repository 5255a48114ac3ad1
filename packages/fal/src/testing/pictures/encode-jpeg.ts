import type { Canvas } from "./canvas.ts";
import { divisors, forwardDct } from "./forward-dct.ts";
import { alternating, codesOf, direct, quantization, zigzag, type HuffmanTable } from "./jpeg-tables.ts";

/** Steps of a quarter of quality 50, at which the eye sees no difference. */
const steps = quantization.map((step) => Math.max(1, Math.round(step / 4)));
const factors = divisors(steps);

const directCodes = codesOf(direct);
const alternatingCodes = codesOf(alternating);
const endOfBlock = 0x00;
const sixteenZeros = 0xf0;

/**
 * A baseline JPEG with colours at half the resolution. `comment` lies in it as its COM segment. 1,000,000 pixels of a
 * drawing take some 50 ms: blocks of one colour, of which it has many, are not transformed.
 */
export function encodeJpeg(canvas: Canvas, comment: Uint8Array): Uint8Array<ArrayBuffer> {
  const { width, height, planes } = canvas;
  const [luma, ...colours] = planes;
  const halves = colours.map((plane) => halved(plane, width, height));
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const scan = scanWriter(width * height);
  for (let y = 0; y < height; y += 16)
    for (let x = 0; x < width; x += 16) {
      for (const [down, right] of [
        [0, 0],
        [0, 8],
        [8, 0],
        [8, 8],
      ] as const)
        scan.block(0, luma, width, height, x + right, y + down);
      for (const [index, plane] of halves.entries())
        scan.block(index + 1, plane, half.width, half.height, x / 2, y / 2);
    }
  const entropy = scan.end();
  return new Uint8Array(
    Buffer.concat([
      Buffer.of(0xff, 0xd8),
      segment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")),
      segment(0xfe, comment),
      segment(0xdb, Buffer.of(0, ...zigzag.map((at) => steps[at] ?? 1))),
      segment(0xc0, Buffer.of(8, ...twoBytes(height), ...twoBytes(width), 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0)),
      segment(0xc4, huffman(0x00, direct)),
      segment(0xc4, huffman(0x10, alternating)),
      segment(0xda, Buffer.of(3, 1, 0, 2, 0, 3, 0, 0, 63, 0)),
      entropy,
      Buffer.of(0xff, 0xd9),
    ]),
  );
}

const twoBytes = (value: number): [number, number] => [value >> 8, value & 0xff];

const segment = (marker: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.of(0xff, marker, ...twoBytes(body.length + 2)), body]);

const huffman = (kind: number, { lengths, symbols }: HuffmanTable): Buffer => Buffer.of(kind, ...lengths, ...symbols);

/** The mean of each four pixels; at the edges of fewer. */
function halved(plane: Uint8Array, width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / 2);
  const result = new Uint8Array(columns * Math.ceil(height / 2));
  for (let y = 0, at = 0; y < height; y += 2) {
    const row = y * width;
    const below = y + 1 < height ? row + width : row;
    for (let x = 0; x < width; x += 2) {
      const right = x + 1 < width ? x + 1 : x;
      const all =
        (plane[row + x] ?? 0) + (plane[row + right] ?? 0) + (plane[below + x] ?? 0) + (plane[below + right] ?? 0);
      result[at++] = (all + 2) >> 2;
    }
  }
  return result;
}

function scanWriter(pixels: number) {
  let bytes = Buffer.alloc(Math.max(4096, pixels >> 2));
  let length = 0;
  let pending = 0;
  let bits = 0;
  const previous = [0, 0, 0];
  const block = new Float64Array(64);
  const coefficients = new Int32Array(64);

  const write = (value: number, count: number): void => {
    pending = (pending << count) | value;
    bits += count;
    while (bits >= 8) {
      bits -= 8;
      const byte = (pending >> bits) & 0xff;
      bytes[length++] = byte;
      if (byte === 0xff) bytes[length++] = 0;
    }
    pending &= (1 << bits) - 1;
  };

  const code = ({ codes, sizes }: typeof directCodes, symbol: number): void =>
    write(codes[symbol] ?? 0, sizes[symbol] ?? 0);

  /** As many bits as its magnitude needs; negative ones are counted from the lowest. */
  const number = (value: number, size: number): void => write(value < 0 ? value + (1 << size) - 1 : value, size);

  const sizeOf = (value: number): number => 32 - Math.clz32(value < 0 ? -value : value);

  /** Copies a block, whose edge is repeated outside of the plane; whether it is of one value. */
  const load = (plane: Uint8Array, width: number, height: number, x: number, y: number): boolean => {
    const first = plane[Math.min(y, height - 1) * width + Math.min(x, width - 1)] ?? 0;
    let isPlain = true;
    for (let down = 0, at = 0; down < 8; down++) {
      const row = Math.min(y + down, height - 1) * width;
      for (let right = 0; right < 8; right++) {
        const value = plane[row + (x + right < width ? x + right : width - 1)] ?? 0;
        if (value !== first) isPlain = false;
        block[at++] = value - 128;
      }
    }
    return isPlain;
  };

  const writeDirect = (component: number, value: number): void => {
    const difference = value - (previous[component] ?? 0);
    previous[component] = value;
    const size = sizeOf(difference);
    code(directCodes, size);
    if (size > 0) number(difference, size);
  };

  const writeAlternating = (): void => {
    let zeros = 0;
    for (let index = 1; index < 64; index++) {
      const value = coefficients[index] ?? 0;
      if (value === 0) {
        zeros++;
        continue;
      }
      for (; zeros > 15; zeros -= 16) code(alternatingCodes, sixteenZeros);
      const size = sizeOf(value);
      code(alternatingCodes, (zeros << 4) | size);
      number(value, size);
      zeros = 0;
    }
    if (zeros > 0) code(alternatingCodes, endOfBlock);
  };

  return {
    block: (component: number, plane: Uint8Array, width: number, height: number, x: number, y: number): void => {
      // A block has 64 coefficients of 26 bits at most, and each byte may be written twice.
      if (length + 512 > bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
      if (load(plane, width, height, x, y)) {
        writeDirect(component, Math.round(((block[0] ?? 0) * 8) / (steps[0] ?? 1)));
        return code(alternatingCodes, endOfBlock);
      }
      forwardDct(block);
      for (let index = 0; index < 64; index++) {
        const at = zigzag[index] ?? 0;
        coefficients[index] = Math.round((block[at] ?? 0) * (factors[at] ?? 0));
      }
      writeDirect(component, coefficients[0] ?? 0);
      writeAlternating();
    },
    /** Fills the last byte with ones. */
    end: (): Buffer => {
      if (bits > 0) write((1 << (8 - bits)) - 1, 8 - bits);
      return bytes.subarray(0, length);
    },
  };
}
