import { allCommands, type Command } from "./command.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ListedCommand } from "../../texts/people-texts.ts";

type NamePorts = Pick<ChatPorts, "likeness" | "about" | "hostCommands">;

/** The commands that are ours here: those that the host leaves to us, and for which there is something to say. */
export const commandNames = ({ likeness, about, hostCommands }: NamePorts): readonly Command[] =>
  allCommands.filter(
    (command) =>
      !hostCommands.includes(command) &&
      (command !== "images" || likeness.images.available) &&
      (command !== "terms" || about.termsUrl !== undefined),
  );

/** Our commands and those of other parts of the bot, in a language. */
export const listedCommands = (
  ports: NamePorts & Pick<ChatPorts, "say" | "moreCommands">,
  locale: string,
): readonly ListedCommand[] => [
  ...commandNames(ports).map((command) => ({ command, description: ports.say(locale, `command.${command}`) })),
  ...ports.moreCommands.map(({ command, describe }) => ({ command, description: describe(locale) })),
];
