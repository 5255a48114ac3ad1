import { ratios, type Quote, type Ratio, type Scene } from "@likeness/core";
import { priceToken } from "../credits/price-token.ts";
import { digestOf } from "../digest.ts";

/** How many pictures can be ordered at a time. */
export const counts = [1, 4] as const;

/** What is ordered, as the buttons of its card hold it. */
export interface PictureChoice {
  readonly subject: Subject;
  readonly ratio: Ratio;
  readonly count: (typeof counts)[number];
}

/** A scene, by a digest of its key, or a person's own words, by their id. */
export type Subject = { readonly scene: string } | { readonly words: string };

/** Short enough for callback data, where a key of 32 characters is too long beside the id of an avatar. */
export const sceneToken = (key: string): string => digestOf(key).slice(0, 8);

/** `undefined`: the host no longer has the scene. */
export const findScene = (scenes: readonly Scene[], token: string): Scene | undefined =>
  scenes.find(({ key }) => sceneToken(key) === token);

/** e.g. `s1a2b3c4d-4x5-1`. */
export const writeChoice = ({ subject, ratio, count }: PictureChoice): string =>
  [writeSubject(subject), ratio.replace(":", "x"), count].join("-");

const writeSubject = (subject: Subject): string => ("scene" in subject ? `s${subject.scene}` : `w${subject.words}`);

/** `undefined`: no button of ours holds it. What orders has the price after it, see `pricedChoice`. */
export function readChoice(text = ""): PictureChoice | undefined {
  const [, kind, token = "", shape, number] = choicePattern.exec(text) ?? [];
  const ratio = ratios.find((each) => each.replace(":", "x") === shape);
  const count = counts.find((each) => String(each) === number);
  return ratio && count && { subject: kind === "s" ? { scene: token } : { words: token }, ratio, count };
}

const choicePattern = /^([sw])([0-9a-z]{1,10})-(\d+x\d+)-(\d)([0-9a-z]{0,3})$/;

/** The choice of a button that orders, with the price that its card shows: e.g. `s1a2b3c4d-4x5-1a` for 10 credits. */
export const pricedChoice = (choice: PictureChoice, price: Quote | undefined): string =>
  writeChoice(choice) + priceToken(price);

/** The price that a button was drawn with, as `isPriceOf` reads it. */
export const priceIn = (text = ""): string | undefined => choicePattern.exec(text)?.[5];
