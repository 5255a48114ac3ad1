/** A share of a hundred as it is written in a language: `45%`, `45 %`. */
export const percent = (locale: string, share: number): string =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share / 100);
