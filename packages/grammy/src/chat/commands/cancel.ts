import { InlineKeyboard } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { findOverview } from "../find-overview.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { trainingUnderWay } from "../training/progress-card.ts";
import { askToCancel } from "../training/training-presses.ts";
import { moveStep } from "../wizard/move-step.ts";
import { ask, showStep } from "../wizard/show-step.ts";
import type { CommandHandler } from "./command-handler.ts";

const idle: Step = { name: "idle" };

/**
 * `/cancel`: ends the wizard and keeps its draft; outside of the wizard, asks whether to cancel what is being trained.
 */
export const cancel: CommandHandler = (ports, person, messageId) =>
  safeTry(async function* () {
    const { from } = yield* moveStep(ports, person, () => idle, messageId);
    return from.name === "idle" ? cancelTrainings(ports, person) : leave(ports, person, from);
  });

function leave(ports: ChatPorts, person: Person, left: Step): ResultAsync<void, ChatError> {
  const { say } = ports;
  const { locale } = person;
  return safeTry(async function* () {
    if (left.name === "words") return ask(ports, person, idle, { said: say(locale, "cancel.words") });
    if (left.name !== "photos")
      return ask(ports, person, idle, {
        said: say(locale, "cancel.wizard"),
        keyboard: InlineKeyboard.from([[button(ports, person, "button.create", "create")]]),
      });
    const found = yield* findOverview(ports, person, left.avatarId);
    // The photos were for an avatar that was trained before, so there is no draft to mention.
    if (found?.avatar.state.status !== "draft") return showStep(ports, person);
    const { id, name } = found.avatar;
    return ask(ports, person, idle, {
      said: say(locale, "cancel.draft", { name }),
      keyboard: InlineKeyboard.from([
        [button(ports, person, "button.resume", "photos", id, eraIn(found))],
        [button(ports, person, "button.delete-draft", "delete-ask", id)],
      ]),
    });
  });
}

function cancelTrainings(ports: ChatPorts, person: Person): ResultAsync<void, ChatError> {
  return safeTry(async function* () {
    const overviews = yield* ports.likeness.avatars.list({ actor: person.actor });
    const underWay = overviews.flatMap((overview) => trainingUnderWay(overview) ?? []);
    for (const each of underWay) yield* askToCancel(ports, person, each);
    if (underWay.length > 0) return okAsync(undefined);
    return showMessage(ports, person, ports.say(person.locale, "cancel.nothing")).map(() => undefined);
  });
}
