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
export function commandIn(text: string, username: string): Command | undefined {
  const [, name, addressed] = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/.exec(text) ?? [];
  if (addressed !== undefined && addressed.toLowerCase() !== username.toLowerCase()) return undefined;
  return commandNames.find((command) => command === name?.toLowerCase());
}
