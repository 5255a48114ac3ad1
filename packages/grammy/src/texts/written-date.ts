/** A day as people of a language write it, in UTC: `30 November 2026`. */
export const writtenDate = (locale: string, at: string): string =>
  new Intl.DateTimeFormat(supported(locale), { dateStyle: "long", timeZone: "UTC" }).format(new Date(at));

/** Telegram's tags may be none of BCP 47. */
function supported(locale: string): string {
  try {
    return new Intl.Locale(locale.replaceAll("_", "-")).toString();
  } catch {
    return "en";
  }
}
