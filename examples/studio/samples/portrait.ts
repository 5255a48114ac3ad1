import { randomNumbers, type RandomNumbers } from "./random-numbers.ts";
import { height, scenes, width } from "./scenes.ts";

/** The features of a person, the same in every photo. */
export interface Person {
  readonly skin: string;
  readonly shade: string;
  readonly hair: string;
  readonly eyes: string;
  readonly longHair: boolean;
  readonly glasses: boolean;
}

const people = [
  { skin: "#f2cfb4", shade: "#dba98a", hair: "#5a3620", eyes: "#3f6b4f", longHair: true, glasses: false },
  { skin: "#c68d63", shade: "#a36c46", hair: "#2a1d18", eyes: "#5b3a20", longHair: false, glasses: true },
  { skin: "#8f5d3c", shade: "#6f442a", hair: "#1d1512", eyes: "#3a2415", longHair: true, glasses: false },
  { skin: "#e9bd98", shade: "#c99770", hair: "#b9702f", eyes: "#3d6c9e", longHair: false, glasses: false },
  { skin: "#dba77c", shade: "#b98559", hair: "#3b3b40", eyes: "#4d3520", longHair: true, glasses: true },
] as const satisfies readonly Person[];

export const personBySeed = (seed: number): Person => people[seed % people.length] ?? people[0];

/** A drawn photo of a person, as SVG; the number determines place, distance, light and mood. */
export function portrait(person: Person, seed: number): string {
  const random = randomNumbers(seed);
  const places = Object.values(scenes);
  const scene = places[seed % places.length];
  const { between } = random;
  const [x, y, size, tilt] = [between(330, 630), between(430, 590), between(0.78, 1.3), between(-11, 11)];
  const [left, right] = between(0, 1) < 0.5 ? [0.0, 0.42] : [0.42, 0.0];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
    <defs><linearGradient id="light"><stop stop-color="#000" stop-opacity="${left}"/><stop offset="0.5" stop-color="#fff" stop-opacity="0.06"/>
    <stop offset="1" stop-color="#000" stop-opacity="${right}"/></linearGradient></defs>
    ${scene?.(random) ?? ""}
    <g transform="translate(${x} ${y}) scale(${size})">
      <g transform="rotate(${tilt / 2})">${hairBehind(person)}</g>${body(person, random)}<g transform="rotate(${tilt})">${head(person, random)}</g></g>
    <rect width="${width}" height="${height}" fill="url(#light)"/>
  </svg>`;
}

const hairBehind = ({ hair, longHair }: Person): string =>
  longHair
    ? `<path d="M-208 -40 Q -240 -262 0 -268 Q 240 -262 208 -40 Q 244 230 176 300 L-176 300 Q -244 230 -208 -40 z" fill="${hair}"/>`
    : "";

function body({ skin, shade }: Person, { between, oneOf }: RandomNumbers): string {
  const cloth = `hsl(${between(0, 360)} ${between(30, 60)}% ${between(26, 66)}%)`;
  const stripes = Array.from(
    { length: 9 },
    (_, row) =>
      `<path d="M-420 ${330 + row * 62} Q 0 ${290 + row * 62} 420 ${330 + row * 62}" stroke="#fff" stroke-opacity="0.5" stroke-width="15" fill="none"/>`,
  );
  const collar = `<path d="M-92 262 L0 372 L92 262 L62 240 L0 300 L-62 240 z" fill="#fff" fill-opacity="0.9"/>`;
  const outline = "M-390 1100 Q -400 372 -112 284 Q 0 330 112 284 Q 400 372 390 1100 z";
  return `<clipPath id="body"><path d="${outline}"/></clipPath><path d="${outline}" fill="${cloth}"/>
    <g clip-path="url(#body)">${oneOf(["", stripes.join(""), collar])}</g>
    <path d="M-84 120 H84 V268 Q0 352 -84 268 z" fill="${shade}"/><path d="M-84 120 H84 V196 Q0 262 -84 196 z" fill="${skin}" fill-opacity="0.55"/>`;
}

function head({ skin, shade, hair, eyes, glasses }: Person, { between, oneOf }: RandomNumbers): string {
  const look = between(-9, 9);
  const eye = (side: number): string => `<ellipse cx="${side * 74}" cy="-18" rx="36" ry="21" fill="#fff"/>
    <circle cx="${side * 74 + look}" cy="-18" r="18" fill="${eyes}"/><circle cx="${side * 74 + look}" cy="-18" r="9" fill="#14100e"/>
    <circle cx="${side * 74 + look + 6}" cy="-24" r="5" fill="#fff"/>
    <path d="M${side * 74 - 46} -62 Q ${side * 74} ${-82 + side * between(-7, 7)} ${side * 74 + 46} -62" stroke="${hair}" stroke-width="13" stroke-linecap="round" fill="none"/>`;
  const mouth = oneOf([
    `<path d="M-62 112 Q0 ${between(150, 180)} 62 112" stroke="#8e3b36" stroke-width="13" stroke-linecap="round" fill="none"/>`,
    `<path d="M-64 106 Q0 ${between(186, 206)} 64 106 z" fill="#7c2f2e"/><path d="M-48 111 Q0 128 48 111 L44 124 Q0 138 -44 124 z" fill="#fff"/>`,
    `<path d="M-48 124 Q0 ${between(126, 138)} 48 122" stroke="#8e3b36" stroke-width="14" stroke-linecap="round" fill="none"/>`,
  ]);
  const lens = (side: number): string =>
    `<circle cx="${side * 76}" cy="-16" r="56" fill="#fff" fill-opacity="0.14" stroke="#1e1e22" stroke-width="9"/>`;
  return `<ellipse cx="-176" cy="10" rx="30" ry="50" fill="${shade}"/><ellipse cx="176" cy="10" rx="30" ry="50" fill="${shade}"/>
    <path d="M-176 -60 Q -176 -226 0 -226 Q 176 -226 176 -60 Q 182 120 96 194 Q 0 258 -96 194 Q -182 120 -176 -60 z" fill="${skin}"/>
    <path d="M-84 54 a 40 26 0 1 0 .1 0 M84 54 a 40 26 0 1 0 .1 0" fill="#d9604c" fill-opacity="0.2"/>
    ${eye(-1)}${eye(1)}<path d="M-4 -6 Q -30 58 -20 66 Q 0 80 22 64" stroke="${shade}" stroke-width="11" stroke-linecap="round" fill="none"/>${mouth}
    <path d="M-186 -40 Q -214 -270 0 -272 Q 214 -270 186 -40 Q 168 -118 110 -150 Q 20 -110 -96 -154 Q -164 -120 -186 -40 z" fill="${hair}"/>
    ${glasses ? `${lens(-1)}${lens(1)}<path d="M-20 -20 Q0 -32 20 -20" stroke="#1e1e22" stroke-width="9" fill="none"/>` : ""}`;
}
