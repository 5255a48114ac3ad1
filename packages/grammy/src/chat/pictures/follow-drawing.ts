import {
  addSeconds,
  isDone,
  secondsBetween,
  type Avatar,
  type JobHandler,
  type JobOutcome,
  type PictureSet,
  type StorageFailure,
} from "@likeness/core";
import { err, errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { showUploading } from "../../telegram/media.ts";
import { deleteMessage, editText, sendText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { personIn } from "../person.ts";
import type { Question } from "../question.ts";
import { retryDelay } from "../retry-delay.ts";
import { cancelledCard, drawingCard, isCancelled } from "./drawing-card.ts";
import { findLine, forgetLine, saveLine, type DrawingLine } from "./drawing-line.ts";

const done: JobOutcome = { type: "done" };
const again = (at: string): JobOutcome => ({ type: "again", at });

/** Keeps the message about a set up to date until the set is done: the handler of `chatJobs.drawing`. */
export const followDrawing =
  (ports: ChatPorts): JobHandler =>
  ({ payload }) => {
    const read = following.safeParse(payload);
    if (!read.success)
      return errAsync({ type: "job-failure", permanent: true, cause: "it does not say which set to follow" });
    return look(ports, read.data).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }));
  };

function look(ports: ChatPorts, { setId, follower }: Following): ResultAsync<JobOutcome, StorageFailure> {
  const { store, clock, likeness, api } = ports;
  return safeTry(async function* () {
    const { line, version } = yield* findLine(store.sessions, setId);
    if (line?.follower !== follower) return okAsync(done);
    const found = await likeness.images.set({ actor: actorOf(line.chatId), setId });
    if (found.isErr()) return found.error.type === "storage-failure" ? err(found.error) : takeAway(ports, setId, line);
    const set = found.value;
    const avatar = yield* store.avatars.find(set.avatarId);
    // The pictures come in messages of their own, so this one has nothing left to say.
    if (!avatar || (isDone(set) && !isCancelled(set))) return takeAway(ports, setId, line);

    const person = yield* personIn(ports, line);
    const question = questionOf(ports, person, avatar, set);
    const shown = digestOf(question);
    if (shown !== line.shown) {
      const put = await putInPlace(ports, line, question);
      if (put.isErr()) return wait(ports, setId, line, put.error);
      const saved = await saveLine(store.sessions, setId, { ...line, messageId: put.value, shown }, version);
      if (saved.isErr()) return saved.error.type === "storage-failure" ? err(saved.error) : okAsync(again(clock.now()));
    }
    if (isDone(set)) return forgetLine(store.sessions, setId).map(() => done);
    // Lasts five seconds. If it cannot be shown, the message says enough.
    await showUploading(api, line);
    return okAsync(again(addSeconds(clock.now(), pause(ports, set))));
  });
}

const questionOf = (ports: ChatPorts, person: Person, avatar: Avatar, set: PictureSet): Question =>
  isCancelled(set) ? cancelledCard(ports, person, avatar) : drawingCard(ports, person, avatar, set);

/** Most pictures are drawn in seconds; of those that are not, some wait for minutes. */
const lively = { forSeconds: 120, everySeconds: 4 };

const pause = ({ clock, progressSeconds }: ChatPorts, { places: [{ order }] }: PictureSet): number =>
  secondsBetween(order.createdAt, clock.now()) < lively.forSeconds
    ? Math.min(lively.everySeconds, progressSeconds)
    : progressSeconds;

const takeAway = (ports: ChatPorts, setId: string, line: DrawingLine): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const removed =
      line.messageId === undefined ? undefined : await deleteMessage(ports.api, line.chatId, line.messageId);
    if (removed?.isErr()) return wait(ports, setId, line, removed.error);
    return forgetLine(ports.store.sessions, setId).map(() => done);
  });

/** Edits the message, or sends another one silently if it is gone. Returns its id. */
function putInPlace(
  { api }: ChatPorts,
  line: DrawingLine,
  { said, keyboard }: Question,
): ResultAsync<number, TelegramProblem> {
  const { chatId, messageId } = line;
  const send = () => sendText(api, line, said, { keyboard, silent: true });
  if (messageId === undefined) return send();
  return editText(api, chatId, messageId, said, keyboard).andThen((edit) =>
    edit === "gone" ? send() : okAsync(messageId),
  );
}

/**
 * A message that cannot be shown is no longer followed. That of an unreachable person is kept: it is taken away with the
 * message about the set, once the person is back.
 */
function wait(
  { store, clock, log }: ChatPorts,
  setId: string,
  { chatId }: DrawingLine,
  problem: TelegramProblem,
): ResultAsync<JobOutcome, StorageFailure> {
  if (problem.type === "rate-limited" || problem.type === "telegram-failure")
    return okAsync(again(addSeconds(clock.now(), retryDelay(problem))));
  if (problem.type === "unreachable") return okAsync(done);
  log.warn({ key: setId, chatId, problem }, "the message about a set of pictures cannot be shown");
  return forgetLine(store.sessions, setId).map(() => done);
}

type Following = z.infer<typeof following>;

const following = z.object({ setId: z.string(), follower: z.string() });
