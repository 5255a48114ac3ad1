/**
 * The updates that the chat lives on. Said on every call: left out, Telegram keeps what an earlier run had asked for.
 * https://core.telegram.org/bots/api#getupdates
 */
export const allowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"] as const;
