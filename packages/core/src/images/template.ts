import type { Gender } from "../avatars/avatar.ts";

/** Stands for the person in a scene's prompt. */
export const subjectPlaceholder = "{s}";

/** What else a scene's prompt may leave to the person's gender. */
const vocabulary = {
  male: {
    "{he}": "he",
    "{his}": "his",
    "{wear.suit}": "a well-cut charcoal suit and an open white collar",
    "{wear.casual}": "a navy crew-neck jumper",
    "{wear.evening}": "a black dinner jacket",
  },
  female: {
    "{he}": "she",
    "{his}": "her",
    "{wear.suit}": "a well-cut charcoal blazer over a cream blouse",
    "{wear.casual}": "a soft knit jumper",
    "{wear.evening}": "a long dark-green dress",
  },
  unspecified: {
    "{he}": "they",
    "{his}": "their",
    "{wear.suit}": "a well-cut charcoal jacket",
    "{wear.casual}": "a plain jumper",
    "{wear.evening}": "elegant black evening wear",
  },
} as const satisfies Record<Gender, Record<`{${string}}`, string>>;

export const placeholders: readonly string[] = [subjectPlaceholder, ...Object.keys(vocabulary.unspecified)];

/** A scene's prompt with its placeholders filled in; `{s}` stays. */
export const fillTemplate = (template: string, gender: Gender): string =>
  Object.entries(vocabulary[gender]).reduce(
    (text, [placeholder, words]) => text.replaceAll(placeholder, words),
    template,
  );
