const cells = 10;

/** Never 100 before it is done, never beyond what a percentage can be. */
export const wholePercent = (percent: number): number => Math.min(100, Math.max(0, Math.floor(percent)));

/** `▰▰▰▰▱▱▱▱▱▱` for 42. Decoration: the number stands before it in words. */
export function progressBar(percent: number): string {
  const filled = Math.floor((wholePercent(percent) * cells) / 100);
  return "▰".repeat(filled) + "▱".repeat(cells - filled);
}
