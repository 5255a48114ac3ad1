import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Conversation, Undoing } from "../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import { isOutdated, withAvatar } from "../avatars/with-avatar.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { hasNewerBelow } from "../show-message.ts";
import { showConfirm } from "../training/show-confirm.ts";
import { showStep } from "../wizard/show-step.ts";
import { pendingIn } from "./burst-status.ts";
import { nudgeStatus } from "./status-job.ts";

/** Shows the confirmation card if every photo is checked and there are enough of them. */
const continueToTraining = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) => {
    const { avatar, photos, readiness } = overview;
    const { say } = ports;
    const { person } = press;
    const checking = pendingIn(photos);
    if (avatar.state.status === "training") return okAsync(say(person.locale, "toast.training-active"));
    if (isOutdated(press, overview)) return okAsync(oldButton(ports, press));
    if (checking > 0) return okAsync(say(person.locale, "toast.checking", { checking }));
    if (readiness.missing > 0) return okAsync(say(person.locale, "toast.missing", readiness));
    return showConfirm(ports, person, overview);
  });

/** Removes the newest photo that was not rejected, even while it is being checked. One press removes one. */
const undoPhoto = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> => undo(ports, press);

/**
 * Stores which photo a press removes before it is removed, so that the same press handled twice removes only that one.
 * `lost`: the photo that this press was going to remove but another press removed.
 */
function undo(ports: ChatPorts, press: Press, lost?: string): ResultAsync<PressAnswer, ChatError> {
  const { likeness, store, say } = ports;
  const { person, queryId } = press;
  const chosenIn = ({ undoing }: Conversation): Undoing | undefined =>
    undoing?.queryId === queryId && undoing.photoId !== lost ? undoing : undefined;
  return withAvatar(ports, press, (overview) =>
    safeTry(async function* () {
      const { avatar, photos } = overview;
      const { step } = yield* findConversation(store.sessions, person);
      const isCollecting = step.name === "photos" && step.avatarId === avatar.id;
      if (avatar.state.status === "training") return okAsync(say(person.locale, "toast.training-active"));
      // An old button, below photos that a model was trained with.
      const isLeft = avatar.state.status !== "draft" && !isCollecting;
      if (isLeft || (press.era !== undefined && isOutdated(press, overview))) return okAsync(oldButton(ports, press));

      const newest = photos.findLast(({ state }) => state.status !== "rejected");
      const { before, after } = yield* changeConversation(store.sessions, person, (conversation) =>
        !newest || chosenIn(conversation)
          ? conversation
          : { ...conversation, undoing: { queryId, photoId: newest.id, number: newest.number } },
      );
      const chosen = chosenIn(after);
      if (!chosen) return okAsync(say(person.locale, "toast.nothing-to-undo"));

      const removed = await likeness.photos.remove({ actor: person.actor, photoId: chosen.photoId });
      if (removed.isErr() && removed.error.type === "storage-failure") return errAsync(removed.error);
      if (removed.isErr() && removed.error.type === "training-active")
        return okAsync(say(person.locale, "toast.training-active"));
      // It was removed by another press, or by this one when it was handled before.
      if (removed.isErr() && !chosenIn(before)) return undo(ports, press, chosen.photoId);
      yield* nudgeStatus(ports, person, after.burst);
      if (isCollecting && asksForPhotos(press, after)) yield* showStep(ports, person, { editing: editable(press) });
      return okAsync(say(person.locale, "toast.undone", { number: chosen.number }));
    }),
  );
}

/**
 * Whether the button's message counts the photos and has to be edited here; the status message is edited by its job.
 */
const asksForPhotos = ({ messageId }: Press, conversation: Conversation): boolean =>
  messageId !== undefined && messageId !== conversation.burst?.messageId && !hasNewerBelow(conversation, messageId);

/** The buttons below the status of a burst. */
export const photosPresses = {
  undo: undoPhoto,
  continue: continueToTraining,
} as const satisfies Partial<Record<Verb, PressHandler>>;
