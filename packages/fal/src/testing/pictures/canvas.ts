/** A colour as luma, blue and red difference, 0 to 255 each, as JPEG stores it. */
export type Colour = readonly [luma: number, blue: number, red: number];

/** Red, green and blue, 0 to 255, as a colour of the canvas. https://www.w3.org/Graphics/JPEG/jfif3.pdf */
export const rgb = (red: number, green: number, blue: number): Colour => [
  0.299 * red + 0.587 * green + 0.114 * blue,
  128 - 0.168736 * red - 0.331264 * green + 0.5 * blue,
  128 + 0.5 * red - 0.418688 * green - 0.081312 * blue,
];

/** Hue in degrees, saturation and lightness from 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (shift: number): number => {
    const at = (((shift + hue / 30) % 12) + 12) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1)));
  };
  return rgb(channel(0), channel(8), channel(4));
}

export const mix = (from: Colour, to: Colour, share: number): Colour => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/** Three planes of one byte per pixel. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly [luma: Uint8Array, blue: Uint8Array, red: Uint8Array];
}

export function blackCanvas(width: number, height: number): Canvas {
  const plane = (value: number): Uint8Array => new Uint8Array(width * height).fill(value);
  return { width, height, planes: [plane(0), plane(128), plane(128)] };
}

/** Fills a part of a row; the pixels at its ends in proportion. */
function span(canvas: Canvas, y: number, from: number, to: number, colour: Colour, cover = 1): void {
  const { width, height, planes } = canvas;
  const [start, end] = [Math.max(0, from), Math.min(width, to)];
  if (y < 0 || y >= height || end <= start || cover <= 0) return;
  const [first, last] = [Math.floor(start), Math.ceil(end) - 1];
  const row = y * width;
  const [inside, outside] = [Math.ceil(start), Math.floor(end)];
  if (cover >= 1 && outside > inside)
    for (const [index, plane] of planes.entries()) plane.fill(colour[index] ?? 0, row + inside, row + outside);
  for (let x = first; x <= last; x++) {
    if (cover >= 1 && x >= inside && x < outside) {
      x = outside - 1;
      continue;
    }
    const share = cover * (Math.min(end, x + 1) - Math.max(start, x));
    blend(canvas, row + x, colour, share);
  }
}

/** Lays a colour over a pixel. */
function blend({ planes: [luma, blue, red] }: Canvas, at: number, colour: Colour, share: number): void {
  luma[at] = (luma[at] ?? 0) + (colour[0] - (luma[at] ?? 0)) * share;
  blue[at] = (blue[at] ?? 0) + (colour[1] - (blue[at] ?? 0)) * share;
  red[at] = (red[at] ?? 0) + (colour[2] - (red[at] ?? 0)) * share;
}

/** Fills all rows from one to another with a colour that turns into another. */
export function gradient(canvas: Canvas, from: number, to: number, above: Colour, below: Colour): void {
  for (let y = Math.max(0, Math.floor(from)); y < Math.min(canvas.height, to); y++)
    span(canvas, y, 0, canvas.width, mix(above, below, (y - from) / Math.max(1, to - from)));
}

export function rectangle(
  canvas: Canvas,
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: Colour,
  cover = 1,
): void {
  for (let row = Math.max(0, Math.round(y)); row < Math.min(canvas.height, Math.round(y + height)); row++)
    span(canvas, row, x, x + width, colour, cover);
}

export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Only what is between these rows. */
  readonly top?: number | undefined;
  readonly bottom?: number | undefined;
}

/** An ellipse around x and y. */
export function ellipse(
  canvas: Canvas,
  { x, y, width, height, top, bottom }: Ellipse,
  colour: Colour,
  cover = 1,
): void {
  const from = Math.max(0, Math.floor(Math.max(y - height / 2, top ?? 0)));
  const to = Math.min(canvas.height, Math.ceil(Math.min(y + height / 2, bottom ?? canvas.height)));
  for (let row = from; row < to; row++) {
    const distance = (row + 0.5 - y) / (height / 2);
    const half = (width / 2) * Math.sqrt(Math.max(0, 1 - distance * distance));
    span(canvas, row, x - half, x + half, colour, cover);
  }
}

/** Light that grows weaker from its centre on. */
export function glow(canvas: Canvas, x: number, y: number, radius: number, colour: Colour, strength: number): void {
  const { width, height } = canvas;
  for (let row = Math.max(0, Math.floor(y - radius)); row < Math.min(height, y + radius); row++) {
    const down = ((row - y) / radius) ** 2;
    const half = radius * Math.sqrt(Math.max(0, 1 - down));
    for (let column = Math.max(0, Math.ceil(x - half)); column < Math.min(width, x + half); column++) {
      const left = 1 - down - ((column - x) / radius) ** 2;
      blend(canvas, row * width + column, colour, strength * left * left);
    }
  }
}

/** Everything below a line, which is given by its height at each column. */
export function ground(canvas: Canvas, line: (x: number) => number, above: Colour, below: Colour): void {
  const { width, height } = canvas;
  const edge = Float64Array.from({ length: width }, (_, x) => line(x));
  const [highest, lowest] = [Math.min(...edge), Math.max(...edge)];
  for (let y = Math.max(0, Math.floor(highest)); y < height; y++) {
    const colour = mix(above, below, (y - highest) / Math.max(1, height - highest));
    if (y > lowest) span(canvas, y, 0, width, colour);
    else
      for (let x = 0; x < width; x++) {
        const cover = Math.min(1, y + 1 - (edge[x] ?? 0));
        if (cover > 0) blend(canvas, y * width + x, colour, cover);
      }
  }
}
