import { ellipse, hsl, mix, rectangle, rgb, type Canvas, type Colour } from "./canvas.ts";
import type { Recolour } from "./draw-backdrop.ts";
import { pick, randomOf, type Random } from "./random.ts";

const skins = [
  rgb(250, 219, 194),
  rgb(236, 194, 160),
  rgb(214, 164, 124),
  rgb(176, 124, 88),
  rgb(128, 86, 60),
] as const;

const hairs = [
  rgb(38, 30, 30),
  rgb(74, 48, 34),
  rgb(120, 76, 44),
  rgb(188, 142, 82),
  rgb(150, 70, 40),
  rgb(120, 120, 124),
] as const;

/** What stays the same in all pictures of an avatar. */
interface Face {
  readonly skin: Colour;
  readonly hair: Colour;
  readonly clothes: readonly [hue: number, saturation: number, lightness: number];
  readonly eyes: Colour;
  readonly hairWidth: number;
  readonly fringe: number;
  readonly hasLongHair: boolean;
  readonly hasGlasses: boolean;
  readonly hasBeard: boolean;
}

function faceOf(avatar: string, prompt: string): Face {
  const random = randomOf(avatar);
  const isWoman = /\bwoman\b/i.test(prompt);
  const isMan = /\bman\b/i.test(prompt);
  return {
    skin: pick(random, skins),
    hair: pick(random, hairs),
    clothes: [random(0, 360), random(0.3, 0.6), random(0.3, 0.5)],
    eyes: hsl(random(20, 220), 0.5, 0.28),
    hairWidth: random(1.12, 1.3),
    fringe: random(0.16, 0.3),
    hasLongHair: random() < (isMan ? 0.08 : isWoman ? 0.8 : 0.4),
    hasGlasses: random() < 0.28,
    hasBeard: random() < (isMan ? 0.45 : isWoman ? 0 : 0.15),
  };
}

/** Draws head and shoulders of an avatar. Where they are differs by seed, who it is does not. */
export function drawPerson(canvas: Canvas, avatar: string, prompt: string, random: Random, recolour: Recolour): void {
  const face = faceOf(avatar, prompt);
  const { width, height } = canvas;
  const head = Math.min(width * 0.34, height * 0.3);
  const tall = head * 1.26;
  const x = width * random(0.44, 0.56);
  const y = height * random(0.42, 0.46);
  const clothes = recolour(...face.clothes);
  const shade = mix(face.skin, rgb(70, 30, 20), 0.22);
  const dark = mix(face.hair, rgb(20, 12, 12), 0.4);

  const hair = { x, y: y - tall * 0.07, width: head * face.hairWidth, height: tall * 1.12 };
  if (face.hasLongHair) {
    ellipse(
      canvas,
      { ...hair, y: y + tall * 0.22, width: head * 1.36, height: tall * 1.7, bottom: y + tall * 0.92 },
      dark,
    );
  }
  ellipse(canvas, hair, face.hair);

  const neck = head * 0.42;
  const shoulders = { x, y: y + tall * 1.42, width: head * 2.5, height: tall * 1.7 };
  ellipse(canvas, { ...shoulders, bottom: shoulders.y }, clothes);
  rectangle(canvas, { x: x - head * 1.25, y: shoulders.y, width: head * 2.5, height }, clothes);
  rectangle(canvas, { x: x - neck / 2, y: y + tall * 0.3, width: neck, height: tall * 0.32 }, shade);
  ellipse(canvas, { x, y: y + tall * 0.6, width: head * 0.74, height: tall * 0.2 }, shade);
  ellipse(canvas, { x, y: y + tall * 0.615, width: head * 0.5, height: tall * 0.18 }, face.skin);
  rectangle(canvas, { x: x - neck / 2, y: y + tall * 0.45, width: neck, height: tall * 0.13 }, face.skin);

  for (const side of [-1, 1])
    ellipse(canvas, { x: x + side * head * 0.5, y: y + tall * 0.04, width: head * 0.14, height: tall * 0.2 }, shade);
  ellipse(canvas, { x, y, width: head, height: tall }, face.skin);
  if (face.hasBeard) {
    const beard = { x, y: y + tall * 0.02, width: head * 0.98, height: tall * 0.98, top: y + tall * 0.24 };
    ellipse(canvas, beard, dark, 0.85);
    ellipse(
      canvas,
      { x, y: y + tall * 0.2, width: head * 0.52, height: tall * 0.3, bottom: y + tall * 0.36 },
      face.skin,
    );
  }
  ellipse(
    canvas,
    { x, y: y - tall * 0.04, width: head * 1.06, height: tall * 1.06, bottom: y - tall * face.fringe },
    face.hair,
  );

  drawFeatures(canvas, face, { x, y, head, tall }, random);
}

interface Head {
  readonly x: number;
  readonly y: number;
  readonly head: number;
  readonly tall: number;
}

function drawFeatures(canvas: Canvas, face: Face, { x, y, head, tall }: Head, random: Random): void {
  const look = head * random(-0.015, 0.015);
  const lips = mix(face.skin, rgb(170, 50, 60), 0.55);
  const shade = mix(face.skin, rgb(90, 40, 30), 0.25);
  for (const side of [-1, 1]) {
    const eye = { x: x + side * head * 0.2, y: y - tall * 0.02 };
    ellipse(canvas, { ...eye, width: head * 0.15, height: tall * 0.07 }, rgb(250, 248, 244));
    ellipse(canvas, { ...eye, x: eye.x + look, width: head * 0.075, height: tall * 0.066 }, face.eyes);
    ellipse(canvas, { ...eye, x: eye.x + look, width: head * 0.035, height: tall * 0.03 }, rgb(16, 12, 12));
    ellipse(
      canvas,
      { ...eye, y: y - tall * 0.1, width: head * 0.2, height: tall * 0.05, bottom: y - tall * 0.1 },
      face.hair,
    );
    ellipse(
      canvas,
      { x: x + side * head * 0.27, y: y + tall * 0.14, width: head * 0.2, height: tall * 0.12 },
      lips,
      0.16,
    );
    if (face.hasGlasses) drawLens(canvas, eye, head, face.skin);
  }
  if (face.hasGlasses)
    rectangle(
      canvas,
      { x: x - head * 0.07, y: y - tall * 0.03, width: head * 0.14, height: head * 0.02 },
      rgb(40, 36, 40),
    );
  ellipse(canvas, { x, y: y + tall * 0.1, width: head * 0.09, height: tall * 0.09, top: y + tall * 0.1 }, shade, 0.8);
  const smile = { x, y: y + tall * 0.21, width: head * random(0.26, 0.34), height: tall * 0.13 };
  ellipse(canvas, { ...smile, top: smile.y }, lips);
  ellipse(canvas, { ...smile, width: smile.width * 0.9, height: smile.height * 0.4, top: smile.y }, rgb(252, 248, 244));
}

/** A thin dark ring, with light on the glass. */
function drawLens(canvas: Canvas, eye: { readonly x: number; readonly y: number }, head: number, skin: Colour): void {
  const [outer, thin] = [head * 0.28, head * 0.022];
  for (let turn = 0; turn < 72; turn++) {
    const angle = (turn / 36) * Math.PI;
    const at = { x: eye.x + (Math.cos(angle) * outer) / 2, y: eye.y + (Math.sin(angle) * outer) / 2 };
    ellipse(canvas, { ...at, width: thin, height: thin }, rgb(40, 36, 40));
  }
  ellipse(canvas, { ...eye, width: outer - thin, height: outer - thin }, mix(skin, rgb(255, 255, 255), 0.7), 0.14);
}
