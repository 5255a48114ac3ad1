import { showMessage } from "../show-message.ts";
import type { CommandHandler } from "./command-handler.ts";

/** `/terms`: the host's terms of use, and where to ask. */
export const showTerms: CommandHandler = (ports, person) =>
  showMessage(ports, person, ports.say(person.locale, "terms", { about: ports.about })).map(() => undefined);
