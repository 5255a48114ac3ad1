import type { RandomNumbers } from "./random-numbers.ts";

export const [width, height] = [960, 1200];

const times = (count: number, draw: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => draw(i)).join("");
const box = (x: number, y: number, w: number, h: number, fill: string, more = ""): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;
const disc = (x: number, y: number, r: number, fill: string, more = ""): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;

/** From the top to the bottom of the picture. */
const sky = (top: string, bottom: string): string =>
  `<linearGradient id="sky" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>
   ${box(0, 0, width, height, "url(#sky)")}`;

/** Places for photos: each draws the background. */
export const scenes: Readonly<Record<string, (random: RandomNumbers) => string>> = {
  park: ({ between }) =>
    sky("#8ec9ec", "#e8f4f0") +
    disc(between(80, width - 80), between(90, 220), 70, "#fff2b8") +
    `<path d="M0 ${between(520, 640)} Q 300 ${between(380, 520)} 560 600 T ${width} ${between(480, 620)} V ${height} H 0 z" fill="#7fae62"/>` +
    times(7, () => {
      const [x, y, size] = [between(0, width), between(480, 700), between(70, 150)];
      return (
        box(x - 12, y, 24, 200, "#5b4128") +
        disc(x, y - size * 0.4, size, `hsl(${between(95, 140)} 38% ${between(24, 44)}%)`)
      );
    }) +
    box(0, 860, width, 340, "#5f9048"),
  library: ({ between }) =>
    box(0, 0, width, height, "#4a3324") +
    times(6, (row) => {
      let x = 0;
      let books = "";
      while (x < width) {
        const [thick, tall] = [between(22, 62), between(120, 172)];
        books += box(x, row * 200 + 186 - tall, thick - 4, tall, `hsl(${between(0, 360)} 42% ${between(24, 66)}%)`);
        x += thick;
      }
      return books + box(0, row * 200 + 186, width, 14, "#2e1f15");
    }),
  city: ({ between }) =>
    sky("#1c2b4d", "#c9785a") +
    times(8, (index) => {
      const [x, top, w] = [index * 130 - 30, between(120, 620), between(90, 150)];
      const windows = times(40, (n) =>
        between(0, 1) < 0.55
          ? box(x + 12 + (n % 4) * (w / 4.6), top + 20 + Math.floor(n / 4) * 46, 14, 22, "#ffd88a")
          : "",
      );
      return box(x, top, w, height, `hsl(225 22% ${between(14, 30)}%)`) + windows;
    }),
  beach: ({ between }) =>
    sky("#4fa9de", "#f6e7c6") +
    disc(between(150, width - 150), between(150, 330), between(60, 95), "#fffbe0") +
    box(0, 560, width, 250, "#2f86a6") +
    times(14, () => box(between(0, width), between(575, 790), between(60, 220), 7, "#bfe6ee", 'rx="4"')) +
    box(0, 800, width, 400, "#ddc493") +
    times(60, () => disc(between(0, width), between(820, height), between(2, 6), "#b99c67")),
  room: ({ between, oneOf }) =>
    box(0, 0, width, height, `hsl(${between(20, 260)} 24% ${between(62, 84)}%)`) +
    box(between(-60, 420), 110, 420, 520, "#dff1fb", 'stroke="#fff" stroke-width="24"') +
    times(5, () => {
      const [x, y, side] = [between(0, width - 120), between(60, 640), between(90, 210)];
      return box(
        x,
        y,
        side,
        side * oneOf([0.7, 1, 1.3]),
        `hsl(${between(0, 360)} 45% ${between(30, 70)}%)`,
        'stroke="#2b2420" stroke-width="11"',
      );
    }) +
    box(0, 940, width, 260, `hsl(${between(0, 360)} 34% ${between(28, 46)}%)`),
  cafe: ({ between }) =>
    sky("#3a2a22", "#8d5f3c") +
    times(46, () =>
      disc(
        between(0, width),
        between(0, 900),
        between(14, 58),
        `hsl(${between(24, 52)} 90% ${between(55, 78)}%)`,
        `opacity="${between(0.2, 0.75)}"`,
      ),
    ) +
    times(
      3,
      (index) =>
        box(160 + index * 310, 0, 6, between(90, 210), "#1d1410") +
        disc(163 + index * 310, between(150, 250), 60, "#ffd38a"),
    ) +
    box(0, 960, width, 240, "#5a3b24"),
  tiles: ({ between }) =>
    times(80, (index) =>
      box(
        (index % 8) * 120,
        Math.floor(index / 8) * 120,
        116,
        116,
        `hsl(${between(160, 215)} ${between(25, 55)}% ${between(30, 82)}%)`,
      ),
    ),
};
