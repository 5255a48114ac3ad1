import { blackCanvas, hsl, rectangle, rgb, type Canvas } from "./canvas.ts";
import { drawBackdrop, paletteOf, type Recolour } from "./draw-backdrop.ts";
import { drawPerson } from "./draw-person.ts";
import type { Drawing } from "./drawing.ts";
import { moodOf } from "./moods.ts";
import { randomOf } from "./random.ts";
import { textHeight, textWidth, writeText } from "./write-text.ts";

/**
 * Draws a picture: a place by words of the prompt, a person by the avatar, both arranged by the seed, with the seed and the
 * first words below.
 */
export function drawPicture(drawing: Drawing): Canvas {
  const { width, height, prompt, seed, avatar } = drawing;
  const canvas = blackCanvas(width, height);
  const random = randomOf(`${seed} ${prompt}`);
  const mood = moodOf(prompt, randomOf(prompt)());
  const recolour = recolourOf(drawing);
  drawBackdrop(canvas, mood.backdrop, paletteOf(mood, recolour), random);
  if (avatar !== undefined) drawPerson(canvas, avatar, prompt, random, recolour);
  sign(canvas, drawing);
  return canvas;
}

/** Each seed shifts the colours a little, a tint shifts them more. */
function recolourOf({ seed, tint }: Drawing): Recolour {
  const random = randomOf(`colours ${seed}`);
  const shift = random(-14, 14);
  const other = tint && randomOf(`tint ${tint.seed}`);
  const turn = other ? (other(25, 70) * tint.strength + 10) * (other() < 0.5 ? -1 : 1) : 0;
  const lift = other ? other(-0.07, 0.07) * tint.strength : 0;
  return (hue, saturation, lightness) =>
    hsl(hue + shift + turn, saturation, Math.min(0.97, Math.max(0.05, lightness + lift)));
}

/** Writes what a developer wants to know onto a dark band. */
function sign(canvas: Canvas, { seed, prompt, tint, enlarged }: Drawing): void {
  const { width, height } = canvas;
  const pixel = Math.max(1, Math.round(Math.min(width, height) / 300));
  const [margin, line] = [pixel * 6, textHeight(pixel)];
  const notes = [`seed ${seed}`, ...(tint ? [`like ${tint.seed}`] : []), ...(enlarged ? [`×${enlarged}`] : [])];
  const lines = [notes.join("  "), prompt.replaceAll(/\s+/g, " ")].map((text) =>
    shortened(text, width - 2 * margin, pixel),
  );
  const band = lines.length * (line + pixel * 3) + pixel * 5;
  rectangle(canvas, { x: 0, y: height - band, width, height: band }, rgb(12, 14, 22), 0.55);
  for (const [index, text] of lines.entries()) {
    const y = height - band + pixel * 4 + index * (line + pixel * 3);
    writeText(canvas, text, { x: margin, y, pixel }, rgb(244, 244, 240));
  }
}

const shortened = (text: string, width: number, pixel: number): string =>
  text.slice(0, Math.floor((width + pixel) / (textWidth("  ", pixel) - textWidth(" ", pixel))));
