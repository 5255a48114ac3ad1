import type { Say } from "../texts/catalog.ts";

/** Credits that are sold for Telegram Stars. Whole numbers. */
export interface StarPackage {
  readonly credits: number;
  readonly stars: number;
}

/** Telegram's invoices in Stars. https://core.telegram.org/bots/api#payments */
export const starCurrency = "XTR";

/** The most of either that one package may have. */
const most = 100_000;

/** Throws for a package that cannot be sold, which is a mistake in the host's code. */
export function checkPackages(packages: readonly StarPackage[]): readonly StarPackage[] {
  for (const { credits, stars } of packages)
    for (const number of [credits, stars])
      if (!Number.isInteger(number) || number < 1 || number > most)
        throw new Error(`a package has whole credits and Stars from 1 to ${most}, not ${credits} for ${stars}`);
  if (packages.length > 10) throw new Error("at most ten packages are sold");
  if (new Set(packages.map(({ credits }) => credits)).size < packages.length)
    throw new Error("two packages have the same number of credits");
  return packages;
}

/** Telegram's longest title of an invoice. https://core.telegram.org/bots/api#sendinvoice */
const longestTitle = 32;

interface Wording {
  readonly say: Say;
  /** What credits are called. */
  readonly unit: string;
  readonly locales: readonly string[];
}

/** Throws for a unit with which an invoice cannot be sent in one of the languages, which is a mistake in the host's code. */
export function checkTitles(packages: readonly StarPackage[], { say, unit, locales }: Wording): void {
  for (const locale of locales)
    for (const { credits } of packages) {
      const title = say(locale, "invoice.title", { credits: { amount: credits, unit } });
      if (title.length > longestTitle)
        throw new Error(`"${title}" is too long for an invoice: at most ${longestTitle} characters`);
    }
}
