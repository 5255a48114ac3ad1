import sharp from "sharp";

/** Draws an invented portrait, good enough to be accepted. The same number always gives the same photo. */
export function drawPhoto(number: number): Promise<Uint8Array> {
  let last = number + 1;
  const random = (minimum: number, maximum: number): number => {
    last = (last * 48_271) % 2_147_483_647;
    return minimum + (((last / 2_147_483_647) * 1e3) % 1) * (maximum - minimum);
  };
  const color = (lightness: number): string => `hsl(${random(0, 360)} 60% ${lightness}%)`;
  const [x, y, size] = [random(360, 840), random(560, 900), random(220, 330)];
  const frames = Array.from(
    { length: 14 },
    () =>
      `<rect x="${random(0, 1200)}" y="${random(0, 1500)}" width="${random(60, 320)}" height="${random(60, 240)}"
         fill="${color(random(20, 85))}" stroke="#222" stroke-width="6"/>`,
  );
  const eye = (side: number): string => `<circle cx="${x + side}" cy="${y - size / 6}" r="${size / 10}"/>`;
  const portrait = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1000" viewBox="0 0 1200 1500">
    <rect width="1200" height="1500" fill="${color(60)}"/>${frames.join("")}
    <ellipse cx="${x}" cy="${y + size * 2.2}" rx="${size * 1.5}" ry="${size * 1.2}" fill="${color(40)}"/>
    <ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 1.25}" fill="hsl(25 50% ${random(45, 75)}%)"/>
    ${eye(-size / 3)}${eye(size / 3)}
    <path d="M ${x - size / 2} ${y + size / 2} q ${size / 2} ${size / 2} ${size} 0" stroke="#722" stroke-width="14" fill="none"/>
  </svg>`;
  return sharp(Buffer.from(portrait)).jpeg().toBuffer();
}
