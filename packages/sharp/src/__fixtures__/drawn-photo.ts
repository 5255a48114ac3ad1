import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";
import sharp, { type Sharp } from "sharp";

export interface Drawing {
  /** Determines the picture. */
  readonly seed?: number;
  readonly width?: number;
  readonly height?: number;
}

/** A picture that passes every check: soft light, and shapes with edges. The same seed draws the same. */
export function drawPhoto({ seed = 1, width = 800, height = 600 }: Drawing = {}): Sharp {
  const generator = mersenne(seed);
  const random = () => uniformFloat64(generator);
  const hue = () => Math.floor(random() * 360);
  const shape = () => {
    const [x, y, size] = [random() * 100, random() * 100, 3 + random() * 15];
    const colour = `hsl(${hue()} 60% ${15 + random() * 70}%)`;
    return `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size / 3}" transform="rotate(${hue()} ${x} ${y})" fill="${colour}"/>`;
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 100" preserveAspectRatio="none">
    <linearGradient id="light" x2="1" y2="1"><stop stop-color="hsl(${hue()} 40% 80%)"/><stop offset="1" stop-color="hsl(${hue()} 40% 25%)"/></linearGradient>
    <rect width="100" height="100" fill="url(#light)"/>${Array.from({ length: 60 }, shape).join("")}</svg>`;
  return sharp(Buffer.from(svg)).removeAlpha();
}

/** One colour all over, 0 to 255 each. */
export const plain = (r: number, g: number, b: number, side = 600): Sharp =>
  sharp({ create: { width: side, height: side, channels: 3, background: { r, g, b } } });
