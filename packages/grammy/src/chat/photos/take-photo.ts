import { err, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { changeConversation, findConversation } from "../../conversation/conversations.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { askInsteadOfTaking } from "../consent/ask-consent.ts";
import { hint } from "../hints/hint.ts";
import { waitingOf } from "../hints/waiting-of.ts";
import type { ChatError } from "../press.ts";
import { turnAway } from "../routing/turn-away.ts";
import { forgetDraft } from "../wizard/forget-draft.ts";
import { photoReference, type IncomingPhoto } from "./incoming-photo.ts";
import { joinBurst } from "./burst.ts";
import { nudgeStatus } from "./status-job.ts";
import { refusePhoto } from "./refuse-photo.ts";

/**
 * Submits a photo for the avatar whose photos the wizard collects, when it arrives. The same message again changes
 * nothing. The status of its burst tells the outcome.
 */
export function takePhoto(ports: ChatPorts, person: Person, incoming: IncomingPhoto): ResultAsync<void, ChatError> {
  const { likeness, store } = ports;
  const { actor, chatId } = person;
  return safeTry(async function* () {
    const { step } = yield* findConversation(store.sessions, person);
    const unexpected = { received: "photo", group: incoming.mediaGroupId } as const;
    if (step.name !== "photos")
      return hint(ports, person, { ...unexpected, waiting: yield* waitingOf(ports, person, step) });

    const { avatarId } = step;
    const taken = await likeness.photos.submit({ actor, avatarId, reference: photoReference(chatId, incoming) });
    if (taken.isOk()) {
      const photo = taken.value;
      const { after } = yield* changeConversation(store.sessions, person, (conversation) => {
        const burst = joinBurst(conversation.burst, photo);
        return burst === conversation.burst ? conversation : { ...conversation, burst };
      });
      return nudgeStatus(ports, person, after.burst);
    }
    switch (taken.error.type) {
      case "photo-rejected":
        // Before it is inspected, a photo is rejected only because the avatar is full.
        return taken.error.rejection.code === "limit-reached"
          ? refusePhoto(ports, person, { ...incoming, avatarId, maximum: taken.error.rejection.maximum })
          : okAsync(undefined);
      case "avatar-not-found":
        yield* forgetDraft(ports, person, avatarId);
        return hint(ports, person, { ...unexpected, waiting: "nothing" });
      case "consent-missing":
        return askInsteadOfTaking(ports, person, step, incoming);
      case "not-allowed":
        return turnAway(ports, person, { group: incoming.mediaGroupId });
      case "storage-failure":
        return err(taken.error);
    }
  });
}
