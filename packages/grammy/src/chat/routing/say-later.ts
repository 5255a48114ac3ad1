import {
  addSeconds,
  secondsBetween,
  type JobFailure,
  type JobHandler,
  type JobOutcome,
  type StorageFailure,
} from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { changeConversation, findConversation, storedStep } from "../../conversation/conversations.ts";
import { placeKey, placeOf, type Place } from "../../conversation/place.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { chatJobs } from "../chat-jobs.ts";
import { personIn } from "../person.ts";
import type { ChatError } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { hasNewerBelow, showMessage, type MessageNotSent } from "../show-message.ts";
import { isSameStep } from "../wizard/move-step.ts";
import { ask, showStep } from "../wizard/show-step.ts";

const done: JobOutcome = { type: "done" };

/** A message older than this is dropped: it would confuse, and the person may have asked again. */
const longestWaitSeconds = 15 * 60;

/**
 * Enqueues a message to be sent when Telegram accepts messages again. A question in it is marked as not asked until
 * then.
 */
export const sayLater = (
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  place: Place,
  { problem, message, asks }: MessageNotSent,
): ResultAsync<void, StorageFailure> =>
  changeConversation(store.sessions, place, (conversation) => {
    if (!asks || conversation.promptId === undefined) return conversation;
    const { promptId: _unseen, ...rest } = conversation;
    return rest;
  }).andThen(({ after }) => {
    const now = clock.now();
    const { said, keyboard, ...rest } = message;
    const notSent = {
      ...placeOf(place),
      step: asks ?? after.step,
      asks: asks !== undefined,
      since: now,
      message: { ...rest, said: written(said), rows: keyboard?.inline_keyboard },
    };
    return store.jobs.enqueue({
      kind: chatJobs.say,
      // A second press on the same button does not add a second message.
      key: `${placeKey(place)}:${digestOf(notSent.message)}`,
      payload: z.json().parse(JSON.parse(JSON.stringify(notSent))),
      runAt: addSeconds(now, retryDelay(problem)),
    });
  });

/** Plain data for the payload, because a `FormattedString` is a class with other property names. */
const written = (said: Text): Text => (typeof said === "string" ? said : { text: said.text, entities: said.entities });

/** Sends the message, unless the wizard has moved on since: the handler of `chatJobs.say`. */
export const sayHandler =
  (ports: ChatPorts): JobHandler =>
  ({ payload }) => {
    const read = stored.safeParse(payload);
    if (!read.success) return errAsync({ type: "job-failure", permanent: true, cause: "it does not say what to say" });
    return sayNow(ports, read.data).mapErr((cause): JobFailure => ({ type: "job-failure", permanent: false, cause }));
  };

function sayNow(ports: ChatPorts, notSent: Stored): ResultAsync<JobOutcome, StorageFailure> {
  const { step, asks } = notSent;
  const place = placeOf(notSent);
  return safeTry(async function* () {
    const person = yield* personIn(ports, place);
    const conversation = yield* findConversation(ports.store.sessions, place);
    const isAsked = conversation.promptId !== undefined;
    const isDue = isSameStep(conversation.step, step) && !(asks && isAsked);
    if (isDue) {
      const { said, rows, editing, ...options } = notSent.message;
      const message = {
        ...options,
        ...(rows && { keyboard: InlineKeyboard.from(rows) }),
        ...(editing !== undefined && !hasNewerBelow(conversation, editing) && { editing }),
      };
      const told = await (asks
        ? ask(ports, person, step, { said, ...message }, message)
        : showMessage(ports, person, said, message));
      if (told.isErr()) return whenUntold(ports, notSent, told.error);
    }
    const isOwed = !isAsked && !(isDue && asks) && conversation.step.name !== "idle";
    return isOwed ? askNow(ports, person) : ok(done);
  });
}

/** Asks the question of the current step if it was not asked; if that fails, enqueues it as a message of its own. */
const askNow = (ports: ChatPorts, person: Person): ResultAsync<JobOutcome, StorageFailure> =>
  showStep(ports, person)
    .map(() => done)
    .orElse((error) => {
      if (error.type === "storage-failure") return errAsync(error);
      if (error.type === "message-not-sent") return sayLater(ports, person, error).map(() => done);
      ports.log.warn({ actor: person.actor, problem: error }, "a question cannot be asked");
      return okAsync(done);
    });

/** Waits longer after each attempt, for some minutes in total. */
function whenUntold(
  { clock, log }: ChatPorts,
  notSent: Stored,
  error: ChatError,
): ResultAsync<JobOutcome, StorageFailure> {
  if (error.type === "storage-failure") return errAsync(error);
  const problem = error.type === "message-not-sent" ? error.problem : error;
  const now = clock.now();
  const waited = secondsBetween(notSent.since, now);
  if (error.type !== "message-not-sent" || waited >= longestWaitSeconds) {
    log.warn({ ...placeOf(notSent), step: notSent.step.name, problem }, "a message is given up");
    return okAsync(done);
  }
  const delay = problem.type === "rate-limited" ? retryDelay(problem) : Math.max(retryDelay(problem), waited);
  return okAsync({ type: "again", at: addSeconds(now, delay) });
}

type Stored = z.infer<typeof stored>;

const entities = z.array(z.custom<MessageEntity>());

/** The payload was written by this module, so Telegram's types are assumed and not checked. */
const stored = z.object({
  chatId: z.number(),
  topicId: z.number().optional(),
  step: storedStep,
  asks: z.boolean(),
  since: z.string(),
  message: z.object({
    said: z.union([z.string(), z.object({ text: z.string(), entities })]),
    rows: z.array(z.array(z.custom<InlineKeyboardButton>())).optional(),
    editing: z.number().optional(),
    replyTo: z.number().optional(),
    silent: z.boolean().optional(),
  }),
});
