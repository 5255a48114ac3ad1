/** A command and the bot that it is addressed to. */
const pattern = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/;

/** Whether a text is a command, ours or the host's, and so never a name. */
export const isCommand = (text: string): boolean => pattern.test(text);

/**
 * The command that a text begins with: `start` of `/start`, `/start payload` and `/start@our_bot`. A command addressed
 * to another bot is none. https://core.telegram.org/bots/features#commands
 */
export function commandNamed(text: string, username: string): string | undefined {
  const [, name, addressed] = pattern.exec(text) ?? [];
  const isOurs = addressed === undefined || addressed.toLowerCase() === username.toLowerCase();
  return isOurs ? name?.toLowerCase() : undefined;
}
