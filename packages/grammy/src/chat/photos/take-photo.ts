import { err, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { PhotoRejection } from "@likeness/core";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { findOverview } from "../find-overview.ts";
import { claimHint } from "../hints/claim-hint.ts";
import { hint } from "../hints/hint.ts";
import { waitingOf } from "../hints/waiting-of.ts";
import type { ChatError } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { forgetDraft } from "../wizard/forget-draft.ts";
import type { IncomingPhoto } from "./incoming-photo.ts";
import { joinBurst } from "./join-burst.ts";
import { nudgeStatus } from "./nudge-status.ts";
import { photoReference } from "./photo-reference.ts";

/**
 * Takes note of a photo for the avatar that the wizard collects photos for, the moment it arrives. The same message again
 * changes nothing. How it fares is told by the status of its burst.
 */
export function takePhoto(ports: ChatPorts, person: Person, incoming: IncomingPhoto): ResultAsync<void, ChatError> {
  const { likeness, store } = ports;
  const { actor, chatId } = person;
  return safeTry(async function* () {
    const { step } = yield* findConversation(store.sessions, chatId);
    const unexpected = { received: "photo", group: incoming.mediaGroupId } as const;
    if (step.name !== "photos")
      return hint(ports, person, { ...unexpected, waiting: yield* waitingOf(ports, person, step) });

    const { avatarId } = step;
    const taken = await likeness.submitPhoto({ actor, avatarId, reference: photoReference(chatId, incoming) });
    if (taken.isOk()) {
      const photo = taken.value;
      const { after } = yield* changeConversation(store.sessions, chatId, (conversation) => {
        const burst = joinBurst(conversation.burst, photo);
        return burst === conversation.burst ? conversation : { ...conversation, burst };
      });
      return nudgeStatus(ports, person, after.burst);
    }
    switch (taken.error.type) {
      case "photo-rejected":
        return refuse(ports, person, { ...incoming, avatarId, rejection: taken.error.rejection });
      case "avatar-not-found":
        yield* forgetDraft(ports, person, avatarId);
        return hint(ports, person, { ...unexpected, waiting: "nothing" });
      case "storage-failure":
        return err(taken.error);
    }
  });
}

interface Refused extends IncomingPhoto {
  readonly avatarId: string;
  readonly rejection: PhotoRejection;
}

/** There is no place for it; of many at once one is answered. */
function refuse(
  ports: ChatPorts,
  person: Person,
  { avatarId, mediaGroupId, rejection }: Refused,
): ResultAsync<void, ChatError> {
  const { say } = ports;
  // The only reason before a photo is looked at.
  if (rejection.code !== "limit-reached") return okAsync(undefined);
  const { maximum } = rejection;
  return claimHint(ports, person, { topic: `full ${avatarId}`, group: mediaGroupId }).andThen((claimed) => {
    if (!claimed) return okAsync(undefined);
    return findOverview(ports, person, avatarId)
      .map((found) => say(person.locale, "photos.full", { maximum, ever: maximum !== found?.readiness.maximum }))
      .andThen((said) => showMessage(ports, person, said))
      .map(() => undefined);
  });
}
