/** Why a call of the Bot API failed, classified by what the caller can do. */
export type TelegramProblem =
  /** 429; counts as no attempt. Seconds. */
  | { readonly type: "rate-limited"; readonly retryAfterSeconds: number }
  /** The person blocked the bot, is deactivated, or never started it. */
  | { readonly type: "unreachable" }
  /** Telegram refused the call; the same call would be refused again. */
  | { readonly type: "refused"; readonly detail: string }
  /** Network, 5xx, unreadable answer: the call failed, or its outcome is unknown. */
  | { readonly type: "telegram-failure"; readonly detail: string };

/** Removes bot tokens from a text: every URL of the Bot API contains one, and so do many error messages. */
export const redact = (text: string): string => text.replace(/bot\d+:[\w-]+/g, "bot<token>");
