import { safeTry, type ResultAsync } from "neverthrow";
import { changeConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { activeRun } from "../training/active-run.ts";
import { resumeCards } from "../training/followed-here.ts";
import { showProgress } from "../training/show-progress.ts";
import { moveStep } from "../wizard/move-step.ts";
import { findUnfinished, isUnfinished, offerResume } from "../wizard/resume.ts";
import { showStep } from "../wizard/show-step.ts";
import type { CommandHandler } from "./command-handler.ts";

/** More cards than this would bury the menu; the list of avatars has the others. */
const cards = 3;

/**
 * `/start`: what the person missed, how far their trainings are, then the question they were in the middle of, the menu,
 * or, for somebody new, what this is and the first question.
 */
export const start: CommandHandler = (ports, person, messageId) =>
  safeTry(async function* () {
    yield* ports.likeness.messages.resendMissed({ actor: person.actor });
    yield* resumeCards(ports, person);
    const unfinished = yield* findUnfinished(ports, person);
    const overviews = yield* ports.likeness.avatars.list({ actor: person.actor });
    const runs = overviews.flatMap((overview) => activeRun(overview) ?? []);
    for (const run of runs.slice(-cards)) yield* showProgress(ports, person, run);
    if (unfinished) return offerResume(ports, person, unfinished);

    const isNew = overviews.length === 0;
    yield* moveStep(
      ports,
      person,
      // Something may have begun meanwhile.
      (from) => (isUnfinished(from) ? undefined : { name: isNew ? "kind" : "idle" }),
      messageId,
    );
    if (isNew) yield* greet(ports, person);
    return showStep(ports, person);
  });

/** Remembers the greeting, so that it can be put into the language that the person chooses next. */
const greet = (ports: ChatPorts, person: Person): ResultAsync<void, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "welcome"))
    .andThen((greetingId) =>
      changeConversation(ports.store.sessions, person, (conversation) => ({ ...conversation, greetingId })),
    )
    .map(() => undefined);
