/** The forms of a word by number, as CLDR names them. English has one and other, Russian one, few, many and other. */
export type PluralForms = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** By locale, of which there are few. To make one takes as long as to say a text. */
const rules = new Map<string, Intl.PluralRules>();

/**
 * The form that goes with a number: `plural("ru", 21, { one: "фотография", … })`.
 * https://cldr.unicode.org/index/cldr-spec/plural-rules
 */
export function plural(locale: string, count: number, forms: PluralForms): string {
  const found = rules.get(locale) ?? new Intl.PluralRules(locale);
  rules.set(locale, found);
  return forms[found.select(count)] ?? forms.other;
}
