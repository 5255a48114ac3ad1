import sharp from "sharp";

/** A picture that the inspector accepts, different for every number. */
export function drawPhoto(seed: number): Promise<Buffer> {
  let state = seed * 7_919;
  const random = (limit: number): number => {
    // A linear congruential generator, in steps that stay exact.
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const tiles = Array.from({ length: 40 }, () => {
    const [x, y, side] = [random(900), random(1_200), 80 + random(300)];
    return `<rect x="${x - 100}" y="${y - 100}" width="${side}" height="${side}" fill="hsl(${random(360)} 60% ${10 + random(80)}%)"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="540" height="720" viewBox="0 0 900 1200">${tiles.join("")}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: "#888" }).jpeg().toBuffer();
}
