/** Rounds so that a value beyond a maximum never looks like the maximum. */
export const roundUp = (value: number): number => Math.ceil(value * 10) / 10;

/** Rounds so that a maximum never looks larger than it is. */
export const roundDown = (value: number): number => Math.floor(value * 10) / 10;

/** Megabytes as Telegram counts them: 2^20 bytes. */
export const megabytes = (bytes: number): number => bytes / 2 ** 20;

export const megapixels = (pixels: number): number => pixels / 1_000_000;
