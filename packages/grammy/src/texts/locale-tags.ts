const normal = (locale: string): string => locale.replaceAll("_", "-").toLowerCase();

/** A locale and what it is a kind of, the most exact first: `zh-Hant-TW`, `zh-Hant`, `zh`. In lower case. */
function localeTags(locale: string): string[] {
  const subtags = normal(locale).split("-");
  return subtags.map((_, index) => subtags.slice(0, subtags.length - index).join("-"));
}

/** Those of some locales that a locale is or is a kind of, the most exact first. */
export const matchingLocales = <Locale extends string>(locale: string, known: readonly Locale[]): Locale[] =>
  localeTags(locale).flatMap((tag) => known.filter((candidate) => normal(candidate) === tag));
