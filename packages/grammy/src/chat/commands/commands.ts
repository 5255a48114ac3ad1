import { showAvatars } from "../avatars/show-avatars.ts";
import { cancel } from "./cancel.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { CommandHandler } from "./command-handler.ts";
import { showImages } from "./images.ts";
import { start } from "./start.ts";

/** Our commands; all others are the host's. */
export const commands = {
  start,
  avatars: (ports, person) => showAvatars(ports, person),
  images: (ports, person) => showImages(ports, person),
  cancel,
} as const satisfies Record<string, CommandHandler>;

export type Command = keyof typeof commands;

/** The commands that are ours here: `/images` is the host's own where no pictures are made. */
export const commandNames = ({ likeness }: Pick<ChatPorts, "likeness">): readonly Command[] =>
  likeness.images.available ? ["start", "avatars", "images", "cancel"] : ["start", "avatars", "cancel"];

/**
 * The command of ours that a text begins with: `/start`, `/start payload`, `/start@our_bot`. A command addressed to
 * another bot is not ours. https://core.telegram.org/bots/features#commands
 */
export const commandIn = (ports: Pick<ChatPorts, "likeness">, text: string, username: string): Command | undefined => {
  const name = nameIn(text, username);
  return commandNames(ports).find((command) => command === name);
};

/** Whether a text is `/help`, which our fallback answers if no handler of the host did. */
export const isHelp = (text = "", username: string): boolean => nameIn(text, username) === "help";

/** A command and the bot that it is addressed to. */
const pattern = /^\/(\w{1,32})(?:@(\w+))?(?=\s|$)/;

/** Whether a text is a command, ours or the host's, and so never a name. */
export const isCommand = (text: string): boolean => pattern.test(text);

function nameIn(text: string, username: string): string | undefined {
  const [, name, addressed] = pattern.exec(text) ?? [];
  const isOurs = addressed === undefined || addressed.toLowerCase() === username.toLowerCase();
  return isOurs ? name?.toLowerCase() : undefined;
}
