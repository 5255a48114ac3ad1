/** Removes bot tokens from a text: every URL of the Bot API contains one, and so do many error messages. */
export const redact = (text: string): string => text.replace(/bot\d+:[\w-]+/g, "bot<token>");
