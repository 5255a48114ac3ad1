/** Takes bot tokens out of a text: they are part of every URL of the Bot API, and so of many error messages. */
export const redact = (text: string): string => text.replace(/bot\d+:[\w-]+/g, "bot<token>");
