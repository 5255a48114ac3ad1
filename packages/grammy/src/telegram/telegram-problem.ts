/** Why a call of the Bot API did not work, by what can be done about it. */
export type TelegramProblem =
  /** 429; counts as no attempt. Seconds. */
  | { readonly type: "rate-limited"; readonly retryAfterSeconds: number }
  /** The person blocked the bot, is deactivated, or never started it. */
  | { readonly type: "unreachable" }
  /** Telegram understood and says no: sending it again changes nothing. */
  | { readonly type: "refused"; readonly detail: string }
  /** Network, 5xx, unreadable answer: nothing is known about the call, or it surely failed. */
  | { readonly type: "telegram-failure"; readonly detail: string };
