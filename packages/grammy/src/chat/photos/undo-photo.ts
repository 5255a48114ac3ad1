import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { findConversation } from "../../conversation/conversations.ts";
import { withAvatar } from "../avatars/with-avatar.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { nudgeStatus } from "./nudge-status.ts";

/** Takes the newest photo away that was not rejected, also while it is being checked. */
export function undoPhoto(ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> {
  const { likeness, store, say } = ports;
  const { person } = press;
  return withAvatar(ports, press, ({ avatar, photos }) =>
    safeTry(async function* () {
      const { step, burst } = yield* findConversation(store.sessions, person.chatId);
      const isCollecting = step.name === "photos" && step.avatarId === avatar.id;
      if (avatar.state.status === "training") return okAsync(say(person.locale, "toast.training-active"));
      // The button of long ago, below photos that a model was made of.
      if (avatar.state.status !== "draft" && !isCollecting) return okAsync(oldButton(ports, press));

      const newest = photos.findLast(({ state }) => state.status !== "rejected");
      if (!newest) return okAsync(say(person.locale, "toast.nothing-to-undo"));
      const removed = await likeness.removePhoto({ actor: person.actor, photoId: newest.id });
      if (removed.isOk()) {
        yield* nudgeStatus(ports, person, burst);
        return okAsync(say(person.locale, "toast.undone", { number: newest.number }));
      }
      switch (removed.error.type) {
        case "photo-not-found":
          // Another press was faster, and took this one.
          return undoPhoto(ports, press);
        case "training-active":
          return okAsync(say(person.locale, "toast.training-active"));
        case "storage-failure":
          return errAsync(removed.error);
      }
    }),
  );
}
