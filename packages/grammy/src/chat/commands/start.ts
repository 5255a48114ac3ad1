import { safeTry, type ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { trainingUnderWay } from "../training/progress-card.ts";
import { resumeCards } from "../training/followed-here.ts";
import { showProgress } from "../training/show-progress.ts";
import { moveStep } from "../wizard/move-step.ts";
import { findUnfinished, isUnfinished, offerResume } from "../wizard/resume.ts";
import { showStep } from "../wizard/show-step.ts";
import type { CommandHandler } from "./command-handler.ts";

/** Maximum number of cards, so that the menu stays in view; the list of avatars has the others. */
const cards = 3;

/**
 * `/start`: sends the messages that the person missed and the progress of their trainings, then the open question of
 * the wizard or the menu. A new person gets an introduction and the first question.
 */
export const start: CommandHandler = (ports, person, messageId) =>
  safeTry(async function* () {
    yield* ports.likeness.messages.resendMissed({ actor: person.actor });
    yield* resumeCards(ports, person);
    const unfinished = yield* findUnfinished(ports, person);
    const overviews = yield* ports.likeness.avatars.list({ actor: person.actor });
    const underWay = overviews.flatMap((overview) => trainingUnderWay(overview) ?? []);
    for (const each of underWay.slice(-cards)) yield* showProgress(ports, person, each);
    if (unfinished) return offerResume(ports, person, unfinished);

    const isNew = overviews.length === 0;
    yield* moveStep(
      ports,
      person,
      // Read again, because the wizard may have begun meanwhile.
      (from) => (isUnfinished(from) ? undefined : { name: isNew ? "kind" : "idle" }),
      messageId,
    );
    if (isNew) yield* greet(ports, person);
    return showStep(ports, person);
  });

/** Stores the id of the greeting, so that it can be translated when the person chooses a language next. */
const greet = (ports: ChatPorts, person: Person): ResultAsync<void, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "welcome"))
    .andThen((greetingId) =>
      changeConversation(ports.store.sessions, person, (conversation) => ({ ...conversation, greetingId })),
    )
    .map(() => undefined);
