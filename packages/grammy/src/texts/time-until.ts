/** When something happens that is so many seconds away, in words: `in 3 hours`. Never says too early. */
export function timeUntil(locale: string, seconds: number): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const words = new Intl.RelativeTimeFormat(locale);
  return minutes < 60 ? words.format(minutes, "minute") : words.format(Math.ceil(minutes / 60), "hour");
}
