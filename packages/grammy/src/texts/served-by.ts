/** Which of some languages a locale gets: itself, one that it is a kind of (`kk` for `kk-KZ`), or English. */
export function servedBy(languages: readonly string[], locale: string): string {
  return matchingLocales(locale, languages)[0] ?? "en";
}

const normal = (locale: string): string => locale.replaceAll("_", "-").toLowerCase();

/** A locale and what it is a kind of, the most exact first: `zh-Hant-TW`, `zh-Hant`, `zh`. In lower case. */
function localeTags(locale: string): string[] {
  const subtags = normal(locale).split("-");
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join("-"));
}

/** Those of some locales that a locale is or is a kind of, the most exact first. */
export const matchingLocales = <Known extends string>(locale: string, known: readonly Known[]): Known[] =>
  localeTags(locale).flatMap((tag) => known.filter((candidate) => normal(candidate) === tag));
