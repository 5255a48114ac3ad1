import { addSeconds, isTerminal, type StorageFailure } from "@likeness/core";
import { errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeOf } from "../../conversation/place.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { findFollowed, saveFollowed, trainingKey, type FollowedMessage } from "../followed/followed-message.ts";
import type { ChatError } from "../press.ts";
import { retryDelay } from "../retry-delay.ts";
import { noteSaid, orNotSent, putMessage, type ShowOptions } from "../show-message.ts";
import { noteFollowed } from "./followed-here.ts";
import { progressJob } from "./hasten-progress.ts";
import { progressCard, type AvatarTraining } from "./progress-card.ts";

/** Seconds until the first update of the card, by which time most trainings run. */
const firstLookSeconds = 2;

/**
 * Shows the progress of a training, and enqueues the job that keeps it up to date. If it cannot be shown now, that job
 * shows it. An older card of the same training is deleted.
 */
export function showProgress(
  ports: ChatPorts,
  person: Person,
  current: AvatarTraining,
  { editing }: Pick<ShowOptions, "editing"> = {},
): ResultAsync<void, ChatError> {
  const { clock, api } = ports;
  const { training } = current;
  return safeTry(async function* () {
    const question = yield* progressCard(ports, person, current);
    const shown = await putMessage(ports, person, question.said, { keyboard: question.keyboard, editing });
    if (shown.isOk()) yield* noteSaid(ports, person, shown.value);
    if (isTerminal(training.state.status))
      return shown.mapErr(orNotSent({ ...question, editing })).map(() => undefined);
    if (shown.isErr() && shown.error.type === "unreachable") return errAsync(shown.error);

    const now = clock.now();
    const follower = ports.ids.next();
    const card: FollowedMessage = shown.isOk()
      ? { ...placeOf(person), messageId: shown.value, follower, shown: digestOf(question) }
      : { ...placeOf(person), messageId: editing, follower };
    const delay = shown.isOk() ? Math.min(firstLookSeconds, ports.progressSeconds) : retryDelay(shown.error);
    yield* noteFollowed(ports, person, training.id);
    const older = yield* follow(ports, training.id, card, addSeconds(now, delay));
    // The old card is out of date, and the new one stands below it.
    if (older?.messageId !== undefined && older.messageId !== card.messageId)
      await deleteMessage(api, older.chatId, older.messageId);
    return ok(undefined);
  });
}

/** A question whose message was edited into the card no longer waits for an answer. */
const openQuestions = (older: FollowedMessage | undefined, { messageId }: FollowedMessage): readonly number[] =>
  older?.asked?.filter((id) => id !== messageId) ?? [];

/** Stores the card and the job that follows the training; returns the previous card. */
const follow = (
  { store }: Pick<ChatPorts, "store">,
  trainingId: string,
  card: FollowedMessage,
  runAt: string,
): ResultAsync<FollowedMessage | undefined, StorageFailure> =>
  store
    .atomically((tx) =>
      findFollowed(tx.sessions, trainingKey(trainingId)).andThen(({ followed: older, version }) =>
        saveFollowed(tx.sessions, trainingKey(trainingId), { ...card, asked: openQuestions(older, card) }, version)
          .andThen(() => tx.jobs.enqueue(progressJob(trainingId, card.follower, runAt)))
          .map(() => older),
      ),
    )
    // Another caller showed it at the same time, and its job follows the training.
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)));
