/** As `takeSnapshot` makes them, in any case: the one of this avatar, or another person's. */
const trigger = "tok_[0-9a-f]{8}";

/**
 * A trigger and what would read badly without it. What we put around a trigger ourselves goes with it, so that a prompt
 * that a person pastes back gives their words.
 */
const triggers = new RegExp(
  [
    `^(?:${trigger}(?: (?:man|woman|person)(?![\\p{L}\\p{N}_]))?,? ?)+`,
    `,? ?in the style of ${trigger}$`,
    `${trigger},?`,
  ].join("|"),
  "gu",
);

/**
 * A line of text without any trigger, however it is spelled: in any case, with full-width or other compatible letters,
 * with accents, soft hyphens or other invisible characters inside, also as a part of a longer word.
 *
 * Each leaves a space, so what stood around it does not become a trigger: one that remains has to be in one piece.
 */
export function withoutTriggers(line: string): string {
  const { folded, origins } = fold(line);
  let kept = "";
  let from = 0;
  for (const { index, 0: found } of folded.matchAll(triggers)) {
    kept += `${line.slice(from, origins[index])} `;
    from = origins[index + found.length] ?? line.length;
  }
  return (kept + line.slice(from)).replaceAll(/ +/g, " ").trim();
}

/**
 * The text as lower-case letters without accents or invisible characters, and for each of its units, and its end, where
 * in the text it comes from. Character by character, which makes all normalisation forms of a text fold to the same.
 */
function fold(text: string): { readonly folded: string; readonly origins: readonly number[] } {
  let folded = "";
  let at = 0;
  const origins: number[] = [];
  for (const character of text) {
    const plain = character.normalize("NFKD").replaceAll(unseen, "").toLowerCase();
    for (let unit = 0; unit < plain.length; unit += 1) origins.push(at);
    folded += plain;
    at += character.length;
  }
  return { folded, origins: [...origins, at] };
}

const unseen = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
