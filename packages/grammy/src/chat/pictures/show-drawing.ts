import { addSeconds, isDone, type PictureSet, type StorageFailure } from "@likeness/core";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { placeOf } from "../../conversation/place.ts";
import { showUploading } from "../../telegram/media.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import { chatJobs } from "../chat-jobs.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { digestOf } from "../digest.ts";
import { drawingKey, findFollowed, saveFollowed, type FollowedMessage } from "../followed/followed-message.ts";
import type { ChatError } from "../press.ts";
import { noteSaid, putMessage } from "../show-message.ts";
import { drawingCard } from "./drawing-card.ts";

/** Seconds until the job looks at the set for the first time. */
const firstLookSeconds = 2;

/**
 * Shows that a set is drawn, and enqueues the job that keeps the message up to date, once for each set. If it cannot be
 * shown now, that job shows it. Returns whether the set is under way.
 */
export const showDrawing = (
  ports: ChatPorts,
  person: Person,
  set: PictureSet,
  editing?: number,
): ResultAsync<boolean, ChatError> =>
  safeTry(async function* () {
    const { api, store, ids } = ports;
    if (isDone(set)) return okAsync(false);
    const line: FollowedMessage = {
      ...placeOf(person),
      follower: ids.next(),
      ...(editing !== undefined && { messageId: editing }),
    };
    const version = yield* follow(ports, set.id, line);
    if (version === undefined) return okAsync(true);
    const avatar = yield* store.avatars.find(set.avatarId);
    if (!avatar) return okAsync(false);
    const { said, keyboard } = drawingCard(ports, person, avatar, set);
    const put = await putMessage(ports, person, said, { keyboard, editing });
    if (put.isErr()) return put.error.type === "unreachable" ? errAsync(put.error) : okAsync(true);
    await showUploading(api, person);
    yield* noteSaid(ports, person, put.value);
    const shown = { ...line, messageId: put.value, shown: digestOf({ said, keyboard }) };
    const saved = await saveFollowed(store.sessions, drawingKey(set.id), shown, version);
    // The job was faster and has sent a message of its own.
    if (saved.isErr() && saved.error.type !== "storage-failure" && put.value !== editing)
      await deleteMessage(api, person.chatId, put.value);
    return okAsync(true);
  });

/** Stores the line and the job that follows the set; `undefined` when another caller has done so. */
const follow = (
  { store, clock }: Pick<ChatPorts, "store" | "clock">,
  setId: string,
  line: FollowedMessage,
): ResultAsync<number | undefined, StorageFailure> =>
  store
    .atomically((tx) =>
      findFollowed(tx.sessions, drawingKey(setId)).andThen((known) => {
        if (known.followed) return okAsync(undefined);
        const { follower } = line;
        const runAt = addSeconds(clock.now(), firstLookSeconds);
        const job = { kind: chatJobs.drawing, key: `${setId}:${follower}`, payload: { setId, follower }, runAt };
        return saveFollowed(tx.sessions, drawingKey(setId), line, known.version).andThen((version) =>
          tx.jobs.enqueue(job).map(() => version),
        );
      }),
    )
    .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(undefined)));
