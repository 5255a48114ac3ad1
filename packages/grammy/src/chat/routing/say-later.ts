import {
  addSeconds,
  secondsBetween,
  type JobFailure,
  type JobHandler,
  type Json,
  type JobOutcome,
  type StorageFailure,
} from "@likeness/core";
import { InlineKeyboard } from "grammy";
import type { InlineKeyboardButton, MessageEntity } from "grammy/types";
import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { changeConversation, findConversation, storedStep } from "../../conversation/conversations.ts";
import { placeOf, type Place } from "../../conversation/place.ts";
import type { Text } from "../../texts/text.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { actorOf } from "../actor.ts";
import { digestOf } from "../digest.ts";
import { chatJobs, placeJobKey } from "../chat-jobs.ts";
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
    // A second press on the same button does not add a second message.
    const key = `${placeJobKey(place)}:${digestOf(notSent.message)}`;
    const value = z.json().parse(JSON.parse(JSON.stringify(notSent)));
    const job = { kind: chatJobs.say, key, payload: null, runAt: addSeconds(now, retryDelay(problem)) };
    // In a row of the person's and not in the job, so that the words go when everything about the person is erased.
    return store.sessions
      .save({ key: keyOf(key), ownerId: actorOf(place.chatId), value, version: 0 })
      .map(() => undefined)
      .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)))
      .andThen(() => store.jobs.enqueue(job));
  });

const keyOf = (jobKey: string): string => `telegram:say:${jobKey}`;

/** Plain data for the payload, because a `FormattedString` is a class with other property names. */
const written = (said: Text): Text => (typeof said === "string" ? said : { text: said.text, entities: said.entities });

/** Sends the message, unless the wizard has moved on or it was erased since: the handler of `chatJobs.say`. */
export const sayHandler =
  (ports: ChatPorts): JobHandler =>
  ({ key, payload }) =>
    sayStored(ports, keyOf(key), payload).mapErr((cause): JobFailure => ({
      type: "job-failure",
      permanent: cause === nothingToSay,
      cause,
    }));

const nothingToSay = "it does not say what to say";

/** Earlier versions had the message in the payload. */
const sayStored = (
  ports: ChatPorts,
  key: string,
  payload: Json,
): ResultAsync<JobOutcome, StorageFailure | typeof nothingToSay> =>
  safeTry(async function* () {
    const { sessions } = ports.store;
    const value = payload ?? (yield* sessions.find(key))?.value;
    if (value === undefined) return ok(done);
    const read = stored.safeParse(value);
    if (!read.success) return err(nothingToSay);
    const outcome = yield* sayNow(ports, read.data);
    if (outcome.type === "done") yield* sessions.delete(key);
    return ok(outcome);
  });

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
