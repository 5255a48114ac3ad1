import type { ColourSpace, Primaries } from "./colour-profile.ts";
import { isHdr, lightByCode, power, primariesByCode, srgb } from "./colour-spaces.ts";
import type { PngChunk } from "./png-chunks.ts";

/**
 * The colours that a PNG names in a way that sharp does not read, or `hdr` where they hold more light than a picture of
 * 8 bits shows; undefined when sharp reads them, and when there is nothing to read.
 *
 * Of several chunks the first of cICP, iCCP, sRGB, and gAMA with cHRM counts: https://www.w3.org/TR/png-3/#color-chunk-precendence
 */
export function pngColours(chunks: readonly PngChunk[]): ColourSpace | "hdr" | undefined {
  const pixels = chunks.findIndex(({ type }) => type === "IDAT");
  const before = chunks.slice(0, Math.max(0, pixels));
  const find = (name: string): Buffer | undefined => before.find(({ type }) => type === name)?.data;
  const depth = find("IHDR")?.[8] ?? 8;

  const codes = find("cICP");
  const coded = codes?.length === 4 ? codedColours(codes, depth) : undefined;
  if (coded) return coded;
  const profile = find("iCCP");
  if (profile) return profile.indexOf(hdrProfileName) === 0 ? "hdr" : undefined;
  return find("sRGB") ? undefined : measuredColours(find("gAMA"), find("cHRM"));
}

/** The profile that stands for PQ: https://www.w3.org/TR/png-hdr-pq/ */
const hdrProfileName = Buffer.from("ITUR_2100_PQ_FULL\0", "latin1");

function codedColours(
  [primaries = 0, transfer = 0, , fullRange]: Buffer,
  depth: number,
): ColourSpace | "hdr" | undefined {
  if (isHdr(transfer)) return "hdr";
  const light = lightByCode[transfer];
  if (!light) return undefined;
  const colours = primariesByCode[primaries] ?? srgb;
  const isSrgb = colours === primariesByCode[1] && light === srgb.light;
  if (fullRange === 0) return { ...colours, light: (value) => light(fromNarrowRange(value, depth)) };
  return isSrgb ? srgb : { ...colours, light };
}

/** Video levels: of 8 bits, black is 16 and white is 235. */
const fromNarrowRange = (value: number, depth: number): number =>
  Math.min(1, Math.max(0, ((value * (2 ** depth - 1)) / 2 ** (depth - 8) - 16) / 219));

/** As libpng has it: differences too small to see. */
const near = { gamma: 0.05, chromaticity: 0.01 };

/** What a file may claim: a gamma out of these bounds is a mistake of the program that wrote it. */
const gammas = { least: 0.1, most: 10 };

function measuredColours(gamma: Buffer | undefined, chromaticities: Buffer | undefined): ColourSpace | undefined {
  const light = gamma?.length === 4 ? lightOf(gamma.readUInt32BE(0) / 100_000) : undefined;
  const colours = chromaticities?.length === 32 ? primariesOf(chromaticities) : undefined;
  return light || colours ? { ...srgb, ...colours, light: light ?? srgb.light } : undefined;
}

const lightOf = (gamma: number): ColourSpace["light"] | undefined =>
  gamma < gammas.least || gamma > gammas.most || Math.abs(gamma * 2.2 - 1) < near.gamma ? undefined : power(1 / gamma);

function primariesOf(chromaticities: Buffer): Primaries | undefined {
  const at = (index: number) =>
    [chromaticities.readUInt32BE(8 * index) / 100_000, chromaticities.readUInt32BE(8 * index + 4) / 100_000] as const;
  const colours = { white: at(0), red: at(1), green: at(2), blue: at(3) };
  return isTriangle(colours) && !isNearSrgb(colours) ? colours : undefined;
}

/** With an area, a white inside of it, and nothing beyond what x and y can be. */
function isTriangle({ white, red, green, blue }: Primaries): boolean {
  const side = ([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number =>
    (bx - ax) * (white[1] - ay) - (by - ay) * (white[0] - ax);
  const inside = Math.min(side(red, green), side(green, blue), side(blue, red)) > 0.001;
  return inside && white[1] > 0 && [white, red, green, blue].every(([x, y]) => x + y <= 1);
}

const isNearSrgb = (colours: Primaries): boolean =>
  (["white", "red", "green", "blue"] as const).every((name) =>
    [0, 1].every((axis) => Math.abs((colours[name][axis] ?? 0) - (srgb[name][axis] ?? 0)) < near.chromaticity),
  );
