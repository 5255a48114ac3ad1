/**
 * Precedes the four hex digits of a code unit that cannot be stored. Unicode assigns this code point to no character.
 */
const mark = "\uFFFF";

/**
 * A text in a form that every database holds: PostgreSQL refuses U+0000, and neither UTF-8 nor SQLite holds half of a
 * surrogate pair. Different texts stay different, and `fromStorableText` gives back the original.
 */
export const toStorableText = (text: string): string =>
  text.replaceAll(
    /[\0\uFFFF\p{Surrogate}]/gu,
    (character) => mark + character.charCodeAt(0).toString(16).padStart(4, "0"),
  );

export const fromStorableText = (stored: string): string =>
  stored.includes(mark)
    ? stored.replaceAll(/\uFFFF([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : stored;
