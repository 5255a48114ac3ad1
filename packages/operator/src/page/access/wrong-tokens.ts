/** More than this are many. */
export const fewWrongTokens = 10;
const milliseconds = 60_000;

/**
 * Counts the wrong tokens of everybody in a minute. The right one always gets in, so that nobody can shut operators out; a token of 32
 * bytes is not found by trying.
 */
export function wrongTokens(): { count(now: number): number } {
  let since = 0;
  let count = 0;
  return {
    count: (now) => {
      if (now - since >= milliseconds) {
        since = now;
        count = 0;
      }
      count += 1;
      return count;
    },
  };
}
