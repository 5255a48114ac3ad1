/**
 * How many jobs of some kinds run at once in a process, where it is not four. Those that handle Telegram's updates mostly
 * wait for Telegram: at 100 ms for a call and two calls for an update, 16 handle about 80 updates a second, and four 20.
 * Presses have eight of their own, so that none waits until photos of others, which come ten at a time, are taken.
 */
export const concurrencyOf = { "webhook.process:telegram": 16, "telegram.press": 8 } as const;
