/** Where a colour lies, as x and y of CIE 1931. */
export type Chromaticity = readonly [x: number, y: number];

export interface Primaries {
  readonly white: Chromaticity;
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
}

/** The colours that the numbers of a picture stand for. */
export interface ColourSpace extends Primaries {
  /** The light that a value stands for, both 0 to 1. */
  readonly light: (value: number) => number;
}

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

const samples = 4096;

/**
 * ICC profiles, version 2, for pictures of red, green and blue, and for greys: their curve is a tag with its type.
 * https://www.color.org/specification/ICC.1-2001-04.pdf
 */
export const rgbProfile = (primaries: Primaries, curve: Buffer): Buffer => profile("RGB ", rgbTags(primaries, curve));
export const greyProfile = (curve: Buffer): Buffer => profile("GRAY", { kTRC: curve });

/** The curve of a profile. */
export function sampledCurve(light: ColourSpace["light"]): Buffer {
  const curve = Buffer.alloc(12 + 2 * samples);
  curve.write("curv", "latin1");
  curve.writeUInt32BE(samples, 8);
  for (let index = 0; index < samples; index++) {
    const value = Math.min(1, Math.max(0, light(index / (samples - 1))));
    curve.writeUInt16BE(Math.round(value * 0xffff), 12 + 2 * index);
  }
  return curve;
}

/** Tags that are the same buffer are stored once. */
function profile(colours: "RGB " | "GRAY", tags: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(tags);
  const table = Buffer.alloc(4 + 12 * entries.length);
  table.writeUInt32BE(entries.length, 0);
  const stored = new Map<Buffer, number>();
  let end = headerBytes + table.length;
  for (const [index, [name, data]] of entries.entries()) {
    const offset = stored.get(data) ?? end;
    if (!stored.has(data)) end += data.length;
    stored.set(data, offset);
    table.write(name, 4 + 12 * index, "latin1");
    table.writeUInt32BE(offset, 8 + 12 * index);
    table.writeUInt32BE(data.length, 12 + 12 * index);
  }
  return Buffer.concat([header(colours, end), table, ...stored.keys()]);
}

const headerBytes = 128;

function header(colours: string, bytes: number): Buffer {
  const head = Buffer.alloc(headerBytes);
  head.writeUInt32BE(bytes, 0);
  head.writeUInt32BE(0x02400000, 8);
  head.write(`mntr${colours}XYZ `, 12, "latin1");
  // 1 January 2000.
  head.writeUInt16BE(2000, 24);
  head.writeUInt16BE(1, 26);
  head.writeUInt16BE(1, 28);
  head.write("acsp", 36, "latin1");
  xyz(d50).copy(head, 68, 8);
  return head;
}

function rgbTags(primaries: Primaries, curve: Buffer): Record<string, Buffer> {
  const [red, green, blue] = columns(multiply(adaptation(primaries.white), lightMatrix(primaries)));
  return { rXYZ: xyz(red), gXYZ: xyz(green), bXYZ: xyz(blue), rTRC: curve, gTRC: curve, bTRC: curve };
}

function xyz(vector: Vector): Buffer {
  const tag = Buffer.alloc(20);
  tag.write("XYZ ", "latin1");
  for (const [index, value] of vector.entries()) tag.writeInt32BE(Math.round(value * 0x10000), 8 + 4 * index);
  return tag;
}

/** The white of all profiles. */
const d50: Vector = [0.9642, 1, 0.8249];

const xyzOf = ([x, y]: Chromaticity): Vector => [x, y, 1 - x - y];

const scaled = (vector: Vector, factor: number): Vector => [vector[0] * factor, vector[1] * factor, vector[2] * factor];

/** As bright as white is: Y is 1. */
const whiteOf = (white: Chromaticity): Vector => scaled(xyzOf(white), 1 / white[1]);

/** From red, green and blue to XYZ: the primaries, as bright as their sum is white. */
function lightMatrix({ white, red, green, blue }: Primaries): Matrix {
  const matrix = transpose([xyzOf(red), xyzOf(green), xyzOf(blue)]);
  const shares = transform(inverse(matrix), whiteOf(white));
  return multiply(matrix, diagonal(shares));
}

/** Cone responses by Bradford, which ICC profiles are made with: http://www.brucelindbloom.com/Eqn_ChromAdapt.html */
const bradford: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** From XYZ under a white to XYZ under D50. */
function adaptation(white: Chromaticity): Matrix {
  const from = transform(bradford, whiteOf(white));
  const to = transform(bradford, d50);
  return multiply(inverse(bradford), multiply(diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]), bradford));
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

const transform = ([a, b, c]: Matrix, vector: Vector): Vector => [dot(a, vector), dot(b, vector), dot(c, vector)];

const transpose = ([a, b, c]: Matrix): Matrix => [
  [a[0], b[0], c[0]],
  [a[1], b[1], c[1]],
  [a[2], b[2], c[2]],
];

const columns = transpose;

const diagonal = ([a, b, c]: Vector): Matrix => [
  [a, 0, 0],
  [0, b, 0],
  [0, 0, c],
];

const multiply = (left: Matrix, right: Matrix): Matrix => {
  const [a, b, c] = columns(right);
  return transpose([transform(left, a), transform(left, b), transform(left, c)]);
};

function inverse([a, b, c]: Matrix): Matrix {
  const determinant = dot(a, cross(b, c));
  return transpose([
    scaled(cross(b, c), 1 / determinant),
    scaled(cross(c, a), 1 / determinant),
    scaled(cross(a, b), 1 / determinant),
  ]);
}
