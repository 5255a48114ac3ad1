import type { InvalidName } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Step } from "../../conversation/conversation.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { isSameStep, moveStep } from "./move-step.ts";
import { ask, showStep } from "./show-step.ts";

/** A text that may be a name. */
export interface Words {
  readonly text: string;
  readonly messageId: number;
}

type Naming = Extract<Step, { readonly name: "name" }>;
type Renaming = Extract<Step, { readonly name: "rename" }>;

const idle: Step = { name: "idle" };

/** Creates the draft with this name and asks for photos. */
export function takeName(ports: ChatPorts, person: Person, step: Naming, words: Words): ResultAsync<void, ChatError> {
  const { likeness, say } = ports;
  const { kind, gender, avatarId: id } = step;
  const move = (to: Step) => moveStep(ports, person, (from) => (isNaming(from, id) ? to : undefined), words.messageId);
  return safeTry(async function* () {
    const created = await likeness.avatars.create({ id, actor: person.actor, kind, gender, name: words.text });
    if (created.isOk()) {
      yield* move({ name: "photos", avatarId: id });
      return showStep(ports, person);
    }
    const { error } = created;
    switch (error.type) {
      case "invalid-name":
        return refuseName(ports, person, words, error);
      case "avatar-limit-reached":
        yield* move(idle);
        return ask(ports, person, idle, {
          said: say(person.locale, "avatars.full", { maximum: error.maximum }),
          keyboard: InlineKeyboard.from([[button(ports, person, "button.avatars", "avatars")]]),
        });
      case "kind-unavailable":
        // The host offers this kind no more.
        yield* move({ name: "kind" });
        return showStep(ports, person);
      case "avatar-not-found":
        // The chosen id is taken by another owner's avatar, so it starts over with another id.
        yield* move({ name: "gender", kind });
        return showStep(ports, person);
      case "not-allowed":
        return showMessage(ports, person, say(person.locale, "not-allowed")).map(() => undefined);
      case "storage-failure":
        return errAsync(error);
    }
  });
}

const isNaming = (step: Step, avatarId: string): boolean => step.name === "name" && step.avatarId === avatarId;

/** Renames an avatar. */
export function takeNewName(
  ports: ChatPorts,
  person: Person,
  step: Renaming,
  words: Words,
): ResultAsync<void, ChatError> {
  const { likeness, say } = ports;
  return safeTry(async function* () {
    const renamed = await likeness.avatars.rename({ actor: person.actor, avatarId: step.avatarId, name: words.text });
    if (renamed.isErr() && renamed.error.type === "storage-failure") return errAsync(renamed.error);
    if (renamed.isErr() && renamed.error.type === "invalid-name")
      return refuseName(ports, person, words, renamed.error);
    yield* moveStep(ports, person, (from) => (isSameStep(from, step) ? idle : undefined), words.messageId);
    if (renamed.isErr()) return showStep(ports, person);
    return ask(ports, person, idle, {
      said: say(person.locale, "renamed", { name: renamed.value.name }),
      keyboard: InlineKeyboard.from([[button(ports, person, "button.avatars", "avatars")]]),
    });
  });
}

const refuseName = (
  ports: ChatPorts,
  person: Person,
  { messageId }: Words,
  { problem, length, minimum, maximum }: InvalidName,
): ResultAsync<void, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "name.invalid", { problem, length, minimum, maximum }), {
    replyTo: messageId,
  }).map(() => undefined);
