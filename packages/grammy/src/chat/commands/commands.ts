import { showAvatars } from "../avatars/show-avatars.ts";
import { cancel } from "./cancel.ts";
import type { CommandHandler } from "./command-handler.ts";
import { start } from "./start.ts";

/** Our commands; any other one is the host's. */
export const commands = {
  start,
  avatars: (ports, person) => showAvatars(ports, person),
  cancel,
} as const satisfies Record<string, CommandHandler>;

export type Command = keyof typeof commands;

export const commandNames = ["start", "avatars", "cancel"] as const satisfies Command[];

/**
 * The command of ours that a text begins with: `/start`, `/start payload`, `/start@our_bot`. One addressed to another bot
 * is none of ours. https://core.telegram.org/bots/features#commands
 */
export const commandIn = (text: string, username: string): Command | undefined => {
  const name = nameIn(text, username);
  return commandNames.find((command) => command === name);
};

/** `/help` is answered where nobody else does. */
export const isHelp = (text = "", username: string): boolean => nameIn(text, username) === "help";

function nameIn(text: string, username: string): string | undefined {
  const [, name, addressed] = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/.exec(text) ?? [];
  const isOurs = addressed === undefined || addressed.toLowerCase() === username.toLowerCase();
  return isOurs ? name?.toLowerCase() : undefined;
}
