import { addSeconds, isTerminal, type JobHandler, type JobOutcome, type StorageFailure } from "@likeness/core";
import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { deleteMessage, editText, sendText } from "../../telegram/messages.ts";
import type { TelegramProblem } from "../../telegram/telegram-problem.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { personIn } from "../person.ts";
import { retryDelay } from "../retry-delay.ts";
import type { Question } from "../wizard/question.ts";
import { findCard, forgetCard, saveCard, type FollowedCard } from "./followed-card.ts";
import { noteDuration } from "./history.ts";
import { progressCard } from "./progress-card.ts";

const done: JobOutcome = { type: "done" };
const again = (at: string): JobOutcome => ({ type: "again", at });

/** Keeps the card of a training up to date until the training has ended: the handler of `faceJobs.progress`. */
export const followTraining =
  (ports: ChatPorts): JobHandler =>
  ({ payload }) => {
    const read = following.safeParse(payload);
    if (!read.success)
      return errAsync({ type: "job-failure", permanent: true, cause: "it does not say which training to follow" });
    return look(ports, read.data).mapErr((cause) => ({ type: "job-failure", permanent: false, cause }));
  };

function look(ports: ChatPorts, { trainingId, follower }: Following): ResultAsync<JobOutcome, StorageFailure> {
  const { store, clock } = ports;
  return safeTry(async function* () {
    const { card, version } = yield* findCard(store.sessions, trainingId);
    if (card?.follower !== follower) return ok(done);
    const training = yield* store.trainings.find(trainingId);
    const avatar = training && (yield* store.avatars.find(training.avatarId));
    if (!training || !avatar) return takeAway(ports, trainingId, card);

    yield* noteDuration(store.sessions, training);
    const ended = isTerminal(training.state.status);
    const question = yield* progressCard(ports, yield* personIn(ports, card.chatId), { avatar, training });
    const shown = digestOf(question);
    const later = addSeconds(clock.now(), ports.progressSeconds);
    if (shown !== card.shown) {
      const put = await putInPlace(ports, card, question);
      if (put.isErr()) return wait(ports, trainingId, put.error);
      const saved = await saveCard(store.sessions, trainingId, { ...card, messageId: put.value, shown }, version);
      if (saved.isErr())
        return saved.error.type === "storage-failure" ? err(saved.error) : giveWay(ports, card, put.value);
    }
    return ended ? forgetCard(store.sessions, trainingId).map(() => done) : ok(again(later));
  });
}

/** The card was shown anew meanwhile, and another job follows that one. A message sent in its place is one too many. */
const giveWay = (ports: ChatPorts, { chatId, messageId }: FollowedCard, put: number) =>
  put === messageId ? okAsync(done) : remove(ports, chatId, put);

/** The avatar was deleted, and so goes what is said about it. */
const takeAway = (ports: ChatPorts, trainingId: string, { chatId, messageId }: FollowedCard) =>
  forgetCard(ports.store.sessions, trainingId).andThen(() =>
    messageId === undefined ? okAsync(done) : remove(ports, chatId, messageId),
  );

const remove = ({ api }: ChatPorts, chatId: number, messageId: number) =>
  deleteMessage(api, chatId, messageId)
    .map(() => done)
    .orElse(() => okAsync(done));

/** Edits the card, and sends another one without sound when it is gone. Gives the id of its message. */
function putInPlace(
  { api }: ChatPorts,
  { chatId, messageId }: FollowedCard,
  { said, keyboard }: Question,
): ResultAsync<number, TelegramProblem> {
  const send = () => sendText(api, chatId, said, { keyboard, silent: true });
  if (messageId === undefined) return send();
  return editText(api, chatId, messageId, said, keyboard).andThen((edit) =>
    edit === "gone" ? send() : okAsync(messageId),
  );
}

/** Somebody who cannot be reached, or a card that cannot be shown, is not followed; `/start` shows it anew. */
function wait(
  { store, clock, log }: ChatPorts,
  trainingId: string,
  problem: TelegramProblem,
): ResultAsync<JobOutcome, StorageFailure> {
  if (problem.type === "rate-limited" || problem.type === "telegram-failure")
    return okAsync(again(addSeconds(clock.now(), retryDelay(problem))));
  log.warn({ trainingId, problem }, "a progress card cannot be shown");
  return forgetCard(store.sessions, trainingId).map(() => done);
}

type Following = z.infer<typeof following>;

const following = z.object({ trainingId: z.string(), follower: z.string() });
