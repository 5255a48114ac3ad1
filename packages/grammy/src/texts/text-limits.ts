/** Telegram's limits, and ours for what has to fit beside something else. In UTF-16 units. */
export const textLimits = {
  /** https://core.telegram.org/bots/api#sendmessage */
  message: 4096,
  /** https://core.telegram.org/bots/api#sendphoto */
  caption: 1024,
  /** https://core.telegram.org/bots/api#answercallbackquery */
  toast: 200,
  /** What a phone shows of a button that has a row to itself. */
  button: 30,
  /** A name of 50 characters may be 2000 units long. It has these in a caption, and these in a toast. */
  nameInCaption: 800,
  /** A person's own words may be 4000 units long. They have these in a message, and these in a caption below a name. */
  words: 1500,
  wordsInCaption: 700,
  nameOverWords: 200,
  nameInToast: 120,
} as const;
