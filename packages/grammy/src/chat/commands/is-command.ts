/** Whether a text is a command, ours or the host's, and so never a name. */
export const isCommand = (text: string): boolean => /^\/[a-zA-Z0-9_]{1,32}(?:@\w+)?(?=\s|$)/.test(text);
