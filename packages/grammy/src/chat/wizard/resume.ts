import type { StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { findConversation } from "../../conversation/conversations.ts";
import type { Waiting } from "../../texts/texts.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { editable, oldButton, type ChatError, type PressHandler } from "../press.ts";
import { waitingFor } from "../hints/waiting-of.ts";
import { showMessage } from "../show-message.ts";
import { isSameStep, moveStep } from "./move-step.ts";
import { showBelow, showStep } from "./show-step.ts";

/** The steps whose data a person should not lose by pressing the wrong button. */
export type Unfinished = Extract<Step, { readonly name: "gender" | "name" | "photos" }>;

export const isUnfinished = (step: Step): step is Unfinished =>
  step.name === "gender" || step.name === "name" || step.name === "photos";

/** The unfinished work of the wizard; `name`: of the draft, when there is one. */
export interface InTheMiddle {
  readonly step: Unfinished;
  readonly waiting: Waiting;
  readonly name?: string;
}

/** The unfinished work of the wizard. Photos for an avatar that is gone or being trained do not count. */
export function findUnfinished(ports: ChatPorts, person: Person): ResultAsync<InTheMiddle | undefined, StorageFailure> {
  return safeTry(async function* () {
    const { step } = yield* findConversation(ports.store.sessions, person);
    if (!isUnfinished(step)) return okAsync(undefined);
    if (step.name !== "photos") return okAsync({ step, waiting: step.name });
    const found = yield* findOverview(ports, person, step.avatarId);
    if (found && found.avatar.state.status !== "training")
      return okAsync({ step, waiting: waitingFor(found.readiness), name: found.avatar.name });
    yield* moveStep(ports, person, (from) => (isSameStep(from, step) ? { name: "idle" } : undefined));
    return okAsync(undefined);
  });
}

/** Asks whether to continue the unfinished work or to start over. */
export const offerResume = (
  ports: ChatPorts,
  person: Person,
  { step, waiting, name }: InTheMiddle,
): ResultAsync<void, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "resume", { waiting, name }), {
    keyboard: InlineKeyboard.from([
      [button(ports, person, "button.resume", "resume", tokenOf(step))],
      [button(ports, person, "button.restart", "restart", tokenOf(step))],
    ]),
  }).map(() => undefined);

/** Identifies one run of the wizard, so that an old *restart* or *resume* does not affect a newer run. */
export const tokenOf = (step: Step): string => ("avatarId" in step ? step.avatarId : step.name);

/** *Create*: starts the wizard, unless it has unfinished work. */
export const beginAvatar: PressHandler = (ports, press) =>
  safeTry(async function* () {
    const { person } = press;
    const unfinished = yield* findUnfinished(ports, person);
    if (unfinished) return offerResume(ports, person, unfinished).map(() => undefined);
    yield* moveStep(ports, person, (from) => (isUnfinished(from) ? undefined : { name: "kind" }));
    return showBelow(ports, press).map(() => undefined);
  });

/** *Resume*: asks the last question again. */
export const resume: PressHandler = (ports, press) =>
  findConversation(ports.store.sessions, press.person).andThen(({ step }) =>
    step.name === "idle" || (press.id !== "" && press.id !== tokenOf(step))
      ? okAsync(oldButton(ports, press))
      : showStep(ports, press.person, { editing: editable(press) }).map(() => undefined),
  );
