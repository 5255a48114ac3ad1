/** Words in a row, the last one after a word of its own: `photos, models and pictures`. */
export const listed = (words: readonly string[], and: string): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${and} ${words.at(-1)}`;
