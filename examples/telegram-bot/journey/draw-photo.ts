import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import sharp from "sharp";

const drawn = new Map<number, Promise<Buffer>>();

/** A picture that the inspector accepts, different for every number. Small, because every journey inspects a dozen. */
export function drawPhoto(seed: number): Promise<Buffer> {
  const photo = drawn.get(seed) ?? draw(seed);
  drawn.set(seed, photo);
  return photo;
}

export const drawPhotos = (count: number, first = 1): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => drawPhoto(first + index)));

function draw(seed: number): Promise<Buffer> {
  const generator = mersenne(seed);
  const random = (limit: number): number => uniformInt(generator, 0, limit - 1);
  const tiles = Array.from({ length: 40 }, () => {
    const [x, y, side] = [random(900), random(1200), 80 + random(300)];
    return `<rect x="${x - 100}" y="${y - 100}" width="${side}" height="${side}" fill="hsl(${random(360)} 60% ${10 + random(80)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="540" height="720" viewBox="0 0 900 1200">${tiles.join("")}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: "#888" }).jpeg().toBuffer();
}
