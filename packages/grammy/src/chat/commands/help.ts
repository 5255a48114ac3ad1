import { safeTry } from "neverthrow";
import { findConversation } from "../../conversation/conversations.ts";
import { waitingOf } from "../hints/waiting-of.ts";
import { showMessage } from "../show-message.ts";
import type { CommandHandler } from "./command-handler.ts";
import { listedCommands } from "./command-names.ts";

/** `/help`: what the bot does, its commands, and what it waits for. */
export const showHelp: CommandHandler = (ports, person) =>
  safeTry(async function* () {
    const { step } = yield* findConversation(ports.store.sessions, person);
    const waiting = yield* waitingOf(ports, person, step);
    const commands = listedCommands(ports, person.locale).filter(({ command }) => command !== "help");
    const said = ports.say(person.locale, "help", { waiting, commands, support: ports.about.support });
    return showMessage(ports, person, said).map(() => undefined);
  });
