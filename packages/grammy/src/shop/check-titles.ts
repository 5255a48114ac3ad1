import type { ShopPorts } from "./shop-ports.ts";

/** Telegram's longest title of an invoice. https://core.telegram.org/bots/api#sendinvoice */
const longest = 32;

/** Throws for a unit with which an invoice cannot be sent in one of the languages, which is a mistake in the host's code. */
export function checkTitles({ packages, say, unit }: Pick<ShopPorts, "packages" | "say" | "unit">, locales: string[]) {
  for (const locale of locales)
    for (const { credits } of packages) {
      const title = say(locale, "invoice.title", { credits: { amount: credits, unit } });
      if (title.length > longest)
        throw new Error(`"${title}" is too long for an invoice: at most ${longest} characters`);
    }
}
