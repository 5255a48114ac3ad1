/**
 * The types of updates that the chat needs. Sent with every call, because otherwise Telegram keeps those of an earlier
 * run. https://core.telegram.org/bots/api#getupdates
 */
export const allowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"] as const;
