/**
 * How many jobs of some kinds run at once in a process, where it is not four. Those that handle Telegram's updates mostly
 * wait for Telegram: at 100 ms for a call and two calls for an update, 16 handle about 80 updates a second, and four 20.
 */
export const concurrencyOf = { "webhook.process:telegram": 16 } as const;
