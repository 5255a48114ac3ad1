import { ellipse, glow, gradient, ground, hsl, mix, rectangle, type Canvas, type Colour } from "./canvas.ts";
import type { Backdrop, Mood } from "./moods.ts";
import type { Random } from "./random.ts";

/** The colours of a mood. */
export interface Palette {
  readonly sky: Colour;
  readonly horizon: Colour;
  readonly land: Colour;
  readonly dark: Colour;
  readonly light: Colour;
}

/** Changes hue, saturation and lightness. */
export type Recolour = (hue: number, saturation: number, lightness: number) => Colour;

export function paletteOf({ sky, horizon, land }: Mood, recolour: Recolour): Palette {
  const [hue, saturation, lightness] = land;
  return {
    sky: recolour(...sky),
    horizon: recolour(...horizon),
    land: recolour(...land),
    dark: recolour(hue, saturation, lightness * 0.45),
    light: mix(recolour(...horizon), hsl(48, 0.9, 0.95), 0.6),
  };
}

type Draw = (canvas: Canvas, palette: Palette, random: Random) => void;

const hills: Draw = (canvas, palette, random) => {
  const { width, height } = canvas;
  sun(canvas, palette, random, random(0.14, 0.34));
  for (const depth of [0, 1, 2]) {
    const share = (depth + 1) / 3;
    const colour = mix(palette.horizon, palette.land, share);
    const waves = [random(0, 7), random(0, 7), random(0.6, 1.4), random(1.6, 3.2)] as const;
    const rise = height * (0.09 - 0.02 * depth);
    const base = height * (0.5 + 0.13 * depth);
    const line = (x: number): number => {
      const at = (x / width) * Math.PI;
      return base + rise * (Math.sin(waves[0] + at * waves[2] * 1.7) * 0.7 + Math.sin(waves[1] + at * waves[3]) * 0.3);
    };
    ground(canvas, line, colour, mix(colour, palette.dark, 0.35 + 0.2 * depth));
  }
};

const water: Draw = (canvas, palette, random) => {
  const { width, height } = canvas;
  const horizon = height * random(0.52, 0.6);
  const x = sun(canvas, palette, random, horizon / height - random(0.06, 0.16));
  gradient(canvas, horizon, height, mix(palette.horizon, palette.land, 0.55), palette.dark);
  for (let row = horizon; row < height; row += height * 0.022) {
    const reach = width * random(0.05, 0.22) * (1 + (row - horizon) / height);
    const shift = random(-0.04, 0.04) * width;
    rectangle(canvas, { x: x + shift - reach / 2, y: row, width: reach, height: height * 0.006 }, palette.light, 0.55);
  }
};

const city: Draw = (canvas, palette, random) => {
  const { width, height } = canvas;
  sun(canvas, palette, random, random(0.12, 0.3));
  for (const depth of [0, 1]) {
    const colour = mix(palette.horizon, palette.land, 0.45 + 0.45 * depth);
    for (let x = -width * random(0, 0.05); x < width;) {
      const side = width * random(0.07, 0.16);
      const top = height * random(0.3 + 0.14 * depth, 0.55 + 0.1 * depth);
      rectangle(canvas, { x, y: top, width: side, height: height - top }, colour);
      const pane = width * 0.012;
      for (let row = top + pane * 2; row < height * 0.9; row += pane * 3)
        for (let column = x + pane * 1.5; column < x + side - pane * 2; column += pane * 2.6)
          if (random() < 0.4)
            rectangle(canvas, { x: column, y: row, width: pane, height: pane * 1.5 }, palette.light, 0.3 + 0.4 * depth);
      x += side + width * random(0, 0.02);
    }
  }
};

const room: Draw = (canvas, palette, random) => {
  const { width, height } = canvas;
  const board = height * 0.012;
  for (let shelf = 0.16; shelf < 0.95; shelf += 0.17) {
    const floor = height * shelf;
    for (let x = width * random(0.01, 0.04); x < width;) {
      const thickness = width * random(0.014, 0.035);
      const tall = height * random(0.07, 0.125);
      const colour = mix(hsl(random(0, 360), 0.35, 0.45), palette.land, 0.55);
      if (random() < 0.86) rectangle(canvas, { x, y: floor - tall, width: thickness, height: tall }, colour);
      x += thickness + width * 0.003;
    }
    rectangle(canvas, { x: 0, y: floor, width, height: board }, palette.dark);
  }
  glow(canvas, width * random(0.15, 0.85), height * 0.2, width * 0.7, palette.light, 0.65);
};

const studio: Draw = (canvas, palette, random) => {
  const { width, height } = canvas;
  glow(canvas, width * random(0.3, 0.7), height * random(0.3, 0.42), Math.max(width, height) * 0.6, palette.light, 0.6);
  const floor = height * 0.86;
  gradient(canvas, floor, height, mix(palette.horizon, palette.land, 0.6), palette.land);
};

/** Draws sun or moon with its light, and says at which column. */
function sun(canvas: Canvas, { light }: Palette, random: Random, down: number): number {
  const { width, height } = canvas;
  const [x, y] = [width * random(0.14, 0.86), height * down];
  const size = Math.min(width, height) * random(0.1, 0.17);
  glow(canvas, x, y, size * 3, light, 0.6);
  ellipse(canvas, { x, y, width: size, height: size }, light);
  return x;
}

const backdrops = { hills, water, city, room, studio } as const satisfies Record<Backdrop, Draw>;

/** Draws sky or wall, and what belongs to the place. */
export function drawBackdrop(canvas: Canvas, backdrop: Backdrop, palette: Palette, random: Random): void {
  gradient(canvas, 0, canvas.height, palette.sky, palette.horizon);
  backdrops[backdrop](canvas, palette, random);
}
