import sharp from "sharp";

/** A picture that the inspector accepts, different for every number. */
export function drawPhoto(seed: number): Promise<Buffer> {
  const random = numbers(seed);
  const tiles = Array.from({ length: 40 }, () => {
    const [x, y, side] = [random(900), random(1200), 80 + random(300)];
    return `<rect x="${x - 100}" y="${y - 100}" width="${side}" height="${side}" fill="hsl(${random(360)} 60% ${10 + random(80)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200">${tiles.join("")}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: "#888" }).jpeg().toBuffer();
}

export const drawPhotos = (count: number, first = 1): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => drawPhoto(first + index)));

/** Whole numbers below a limit; Mulberry32, public domain. */
function numbers(seed: number): (limit: number) => number {
  let state = seed * 0x9e3779b9;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
