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
import { deleteMessage } from "../../telegram/messages.ts";
import { actorOf } from "../actor.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import {
  drawingKey,
  findFollowed,
  forgetFollowed,
  saveFollowed,
  type FollowedMessage,
} from "../followed/followed-message.ts";
import { putInPlace } from "../followed/put-in-place.ts";
import { waitOrForget } from "../followed/wait-or-forget.ts";
import { personIn } from "../person.ts";
import type { Question } from "../question.ts";
import { cancelledCard, drawingCard, isCancelled } from "./drawing-card.ts";

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
    const { followed: line, version } = yield* findFollowed(store.sessions, drawingKey(setId));
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
      if (put.isErr()) return waitOrForget(ports, drawingKey(setId), line, put.error);
      const saved = await saveFollowed(
        store.sessions,
        drawingKey(setId),
        { ...line, messageId: put.value, shown },
        version,
      );
      if (saved.isErr()) return saved.error.type === "storage-failure" ? err(saved.error) : okAsync(again(clock.now()));
    }
    if (isDone(set)) return forgetFollowed(store.sessions, drawingKey(setId)).map(() => done);
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

const takeAway = (ports: ChatPorts, setId: string, line: FollowedMessage): ResultAsync<JobOutcome, StorageFailure> =>
  safeTry(async function* () {
    const removed =
      line.messageId === undefined ? undefined : await deleteMessage(ports.api, line.chatId, line.messageId);
    if (removed?.isErr()) return waitOrForget(ports, drawingKey(setId), line, removed.error);
    return forgetFollowed(ports.store.sessions, drawingKey(setId)).map(() => done);
  });

type Following = z.infer<typeof following>;

const following = z.object({ setId: z.string(), follower: z.string() });
