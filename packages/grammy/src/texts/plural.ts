/** The forms of a word by number, as CLDR names them. English has one and other, Russian one, few, many and other. */
export type PluralForms = { readonly [Rule in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/**
 * The form that goes with a number: `plural("ru", 21, { one: "фотография", … })`.
 * https://cldr.unicode.org/index/cldr-spec/plural-rules
 */
export const plural = (locale: string, count: number, forms: PluralForms): string =>
  forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
