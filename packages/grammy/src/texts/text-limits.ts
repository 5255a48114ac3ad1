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
  nameInToast: 120,
} as const;
