/** What is behind a person. */
export type Backdrop = "hills" | "water" | "city" | "room" | "studio";

/** The look of a place. Hues in degrees, lightness from 0 to 1. */
export interface Mood {
  readonly words: RegExp;
  readonly backdrop: Backdrop;
  /** Of the sky or the wall, at its upper and its lower end. */
  readonly sky: readonly [hue: number, saturation: number, lightness: number];
  readonly horizon: readonly [hue: number, saturation: number, lightness: number];
  /** Of what is in front of it. */
  readonly land: readonly [hue: number, saturation: number, lightness: number];
}

/** Found by words of the prompt, the first that fits. */
const moods: readonly Mood[] = [
  {
    words: /aurora|northern|frozen/i,
    backdrop: "hills",
    sky: [230, 0.6, 0.12],
    horizon: [155, 0.6, 0.42],
    land: [215, 0.25, 0.75],
  },
  {
    words: /neon|cyber|market street at night/i,
    backdrop: "city",
    sky: [265, 0.6, 0.14],
    horizon: [320, 0.7, 0.4],
    land: [240, 0.4, 0.1],
  },
  {
    words: /noir|black[ -]and[ -]white|1940s/i,
    backdrop: "city",
    sky: [0, 0, 0.2],
    horizon: [0, 0, 0.62],
    land: [0, 0, 0.1],
  },
  {
    words: /blue hour|terrace|evening/i,
    backdrop: "city",
    sky: [225, 0.5, 0.25],
    horizon: [25, 0.7, 0.65],
    land: [230, 0.35, 0.18],
  },
  {
    words: /steppe|dust|desert/i,
    backdrop: "hills",
    sky: [205, 0.5, 0.6],
    horizon: [35, 0.75, 0.78],
    land: [42, 0.5, 0.5],
  },
  {
    words: /space|rocket|hangar|astronaut/i,
    backdrop: "studio",
    sky: [220, 0.4, 0.14],
    horizon: [200, 0.35, 0.42],
    land: [215, 0.2, 0.3],
  },
  {
    words: /sunrise|\blake|beach|\bsea\b|harbour|\briver/i,
    backdrop: "water",
    sky: [205, 0.5, 0.62],
    horizon: [28, 0.85, 0.78],
    land: [200, 0.45, 0.42],
  },
  {
    words: /autumn|golden sun|leaves/i,
    backdrop: "hills",
    sky: [200, 0.35, 0.72],
    horizon: [40, 0.8, 0.78],
    land: [24, 0.6, 0.42],
  },
  {
    words: /forest|moss|trees|ranger|garden/i,
    backdrop: "hills",
    sky: [120, 0.25, 0.55],
    horizon: [75, 0.5, 0.78],
    land: [130, 0.4, 0.26],
  },
  {
    words: /snow|winter|mountain|peaks/i,
    backdrop: "hills",
    sky: [210, 0.45, 0.62],
    horizon: [205, 0.4, 0.88],
    land: [210, 0.2, 0.85],
  },
  {
    words: /city|skyline|roof|street|office|boardroom/i,
    backdrop: "city",
    sky: [208, 0.5, 0.58],
    horizon: [32, 0.6, 0.82],
    land: [215, 0.25, 0.34],
  },
  {
    words: /oil painting|candle|renaissance|velvet|dark brown/i,
    backdrop: "studio",
    sky: [25, 0.4, 0.12],
    horizon: [32, 0.5, 0.34],
    land: [22, 0.4, 0.2],
  },
  {
    words: /watercolou?r|drawing|paper/i,
    backdrop: "hills",
    sky: [205, 0.5, 0.82],
    horizon: [40, 0.5, 0.93],
    land: [190, 0.35, 0.66],
  },
  {
    words: /library|book|shelves|workshop|caf[eé]|room|desk|lamp|kitchen/i,
    backdrop: "room",
    sky: [30, 0.4, 0.4],
    horizon: [35, 0.5, 0.58],
    land: [22, 0.5, 0.26],
  },
  {
    words: /stage|spotlight|hall/i,
    backdrop: "studio",
    sky: [260, 0.3, 0.1],
    horizon: [35, 0.5, 0.4],
    land: [260, 0.3, 0.14],
  },
  {
    words: /studio|headshot|portrait|background|window|white/i,
    backdrop: "studio",
    sky: [215, 0.15, 0.72],
    horizon: [35, 0.25, 0.9],
    land: [210, 0.15, 0.6],
  },
];

/** For all other words, one of these by the words. */
const others: readonly [Mood, ...Mood[]] = [
  { words: /(?:)/, backdrop: "hills", sky: [208, 0.6, 0.58], horizon: [38, 0.75, 0.85], land: [140, 0.35, 0.4] },
  { words: /(?:)/, backdrop: "water", sky: [270, 0.35, 0.5], horizon: [15, 0.8, 0.76], land: [235, 0.4, 0.4] },
  { words: /(?:)/, backdrop: "hills", sky: [180, 0.4, 0.55], horizon: [55, 0.7, 0.85], land: [165, 0.35, 0.35] },
];

/** The mood of a prompt; `choice` from 0 to 1 decides where no word does. */
export const moodOf = (prompt: string, choice: number): Mood =>
  moods.find(({ words }) => words.test(prompt)) ?? others[Math.floor(choice * others.length)] ?? others[0];
