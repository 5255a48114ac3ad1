import {
  addSeconds,
  isTerminal,
  isTraining,
  type JobHandler,
  type JobOutcome,
  type StorageFailure,
  type Training,
} from "@likeness/core";
import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { placeOf } from "../../conversation/place.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import {
  changeFollowed,
  findFollowed,
  saveFollowed,
  trainingKey,
  uncertain,
  type FollowedMessage,
} from "../followed/followed-message.ts";
import { putInPlace } from "../followed/put-in-place.ts";
import { waitOrForget } from "../followed/wait-or-forget.ts";
import { personIn } from "../person.ts";
import { closeQuestions } from "./close-card.ts";
import { closeNotice } from "./close-notice.ts";
import { unfollow } from "./followed-here.ts";
import { noteDuration } from "./history.ts";
import { progressCard } from "./progress-card.ts";

const done: JobOutcome = { type: "done" };
const again = (at: string): JobOutcome => ({ type: "again", at });

/** Keeps the card of a training up to date until the training has ended: the handler of `chatJobs.progress`. */
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
    const { followed: card, version } = yield* findFollowed(store.sessions, trainingKey(trainingId));
    if (card?.follower !== follower) return ok(done);
    const training = yield* store.orders.find(trainingId);
    const avatar = training && (yield* store.avatars.find(training.avatarId));
    if (!isTraining(training) || !avatar) return takeAway(ports, trainingId, card);

    yield* noteDuration(store.sessions, training);
    const ended = isTerminal(training.state.status);
    const person = yield* personIn(ports, placeOf(card));
    const question = yield* progressCard(ports, person, { avatar, training });
    const shown = digestOf(question);
    const later = addSeconds(clock.now(), ports.progressSeconds);
    const quiet = !ended && (yield* ports.likeness.owners.settings(person)).progress === "hidden";
    if (shown !== card.shown && !quiet) {
      const begun = await saveFollowed(store.sessions, trainingKey(trainingId), uncertain(card), version);
      if (begun.isErr()) return begun.error.type === "storage-failure" ? err(begun.error) : ok(again(clock.now()));
      const put = await putInPlace(ports, card, question);
      if (put.isErr()) return waitOrForget(ports, trainingKey(trainingId), card, put.error);
      const saved = await saveFollowed(
        store.sessions,
        trainingKey(trainingId),
        { ...card, messageId: put.value, shown },
        begun.value,
      );
      if (saved.isErr())
        return saved.error.type === "storage-failure" ? err(saved.error) : giveWay(ports, trainingId, card, put.value);
    }
    const noticeClosed = await closeNotice(ports, person, card, { avatar, training });
    if (noticeClosed.isErr())
      return noticeClosed.error.type === "storage-failure"
        ? err(noticeClosed.error)
        : waitOrForget(ports, trainingKey(trainingId), card, noticeClosed.error);
    if (!ended) return ok(again(later));
    const closed = await closeQuestions(ports.api, card);
    if (closed.isErr()) return waitOrForget(ports, trainingKey(trainingId), card, closed.error);
    return mayBeTimed(ports, training) ? ok(again(later)) : unfollow(ports, trainingId, card).map(() => done);
  });
}

/** How long after the end the provider's time may still arrive, which is asked for right after the end. */
const timingSeconds = 60;

/** Whether the time that the training ran may still arrive. */
const mayBeTimed = ({ clock }: ChatPorts, { state, nextCheckAt }: Training): boolean =>
  state.status === "succeeded" &&
  state.ranSeconds === undefined &&
  nextCheckAt !== undefined &&
  clock.now() < addSeconds(state.finishedAt, timingSeconds);

/**
 * Another caller has changed the card meanwhile. If the card was sent again, another job follows the new one; otherwise
 * this job runs again, because its edit may have overwritten another one. A message sent instead of the card is
 * deleted.
 */
const giveWay = (
  ports: ChatPorts,
  trainingId: string,
  { chatId, messageId, follower }: FollowedMessage,
  put: number,
): ResultAsync<JobOutcome, StorageFailure> =>
  changeFollowed(ports.store.sessions, trainingKey(trainingId), (card) =>
    card.follower === follower ? uncertain(card) : card,
  )
    .andThen(() => (put === messageId ? okAsync(done) : remove(ports, chatId, put)))
    .map(() => again(ports.clock.now()));

/** The avatar was deleted, so the messages about its training are deleted too. */
const takeAway = (
  ports: ChatPorts,
  trainingId: string,
  card: FollowedMessage,
): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const { chatId, messageId, notice } = card;
    for (const id of [messageId, notice]) {
      const removed = id === undefined ? ok(undefined) : await deleteMessage(ports.api, chatId, id);
      if (removed.isErr()) return waitOrForget(ports, trainingKey(trainingId), card, removed.error);
    }
    const closed = await closeQuestions(ports.api, card);
    if (closed.isErr()) return waitOrForget(ports, trainingKey(trainingId), card, closed.error);
    return unfollow(ports, trainingId, card).map(() => done);
  });

const remove = ({ api }: ChatPorts, chatId: number, messageId: number) =>
  deleteMessage(api, chatId, messageId)
    .map(() => done)
    .orElse(() => okAsync(done));

type Following = z.infer<typeof following>;

const following = z.object({ trainingId: z.string(), follower: z.string() });
