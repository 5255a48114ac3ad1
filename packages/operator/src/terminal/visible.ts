/** Controls, invisible marks (also those that turn the direction of writing), separators of lines, unpaired surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Text without what a terminal would obey or hide: each such character is written as its number. */
export const visible = (text: string): string => text.replaceAll(hidden, (character) => escaped(character));

const escaped = (character: string): string => {
  const number = (character.codePointAt(0) ?? 0).toString(16);
  return number.length <= 4 ? `\\u${number.padStart(4, "0")}` : `\\u{${number}}`;
};

/** JSON of which a terminal obeys nothing: in it, too, each such character is an escape. */
export const visibleJson = (value: unknown): string =>
  // What a line break or an indent is must stay one.
  JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => line.replaceAll(hidden, inUnits))
    .join("\n");

const inUnits = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** A word that a shell takes as it is. */
export const quoted = (word: string): string =>
  /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
