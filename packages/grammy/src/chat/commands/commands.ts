import { showAvatars } from "../avatars/show-avatars.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { showPrivacy } from "../privacy/show-privacy.ts";
import { showSettings } from "../settings/show-settings.ts";
import { showMessage } from "../show-message.ts";
import { cancel } from "./cancel.ts";
import type { CommandHandler } from "./command-handler.ts";
import { commandNamed } from "./command-named.ts";
import { commandNames } from "./command-names.ts";
import type { Command } from "./command.ts";
import { showHelp } from "./help.ts";
import { showImages } from "./images.ts";
import { start } from "./start.ts";

/** Our commands; all others are the host's. */
export const commands = {
  start,
  avatars: (ports, person) => showAvatars(ports, person),
  images: (ports, person) => showImages(ports, person),
  settings: (ports, person) => showSettings(ports, person),
  privacy: (ports, person) => showPrivacy(ports, person),
  /** The host's terms of use, and where to ask. */
  terms: (ports, person) =>
    showMessage(ports, person, ports.say(person.locale, "terms", { about: ports.about })).map(() => undefined),
  help: showHelp,
  cancel,
} as const satisfies Record<Command, CommandHandler>;

/**
 * The command of ours that a text begins with: `/start`, `/start payload`, `/start@our_bot`. A command addressed to
 * another bot is not ours. https://core.telegram.org/bots/features#commands
 */
export const commandIn = (
  ports: Pick<ChatPorts, "likeness" | "about" | "hostCommands">,
  text: string,
  username: string,
): Command | undefined => {
  const name = commandNamed(text, username);
  return commandNames(ports).find((command) => command === name);
};
