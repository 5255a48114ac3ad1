import { modelIn, type AvatarOverview, type StorageFailure } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { findConversation } from "../../conversation/conversations.ts";
import { deleteMessage } from "../../telegram/messages.ts";
import type { AvatarParts } from "../../texts/texts.ts";
import { button } from "../button.ts";
import type { ChatPorts } from "../chat-ports.ts";
import { eraIn } from "../era.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer } from "../press.ts";
import { forgetWords } from "../pictures/take-words.ts";
import { showMessage } from "../show-message.ts";
import { hastenProgress } from "../training/hasten-progress.ts";
import { forgetDraft } from "../wizard/forget-draft.ts";
import { avatarCard } from "./avatar-card.ts";
import { redraw } from "./redraw.ts";
import { withAvatar } from "./with-avatar.ts";

/** What is deleted with the avatar. Rejected photos are not stored, so they do not count. */
const partsOf = (
  { store }: Pick<ChatPorts, "store">,
  { avatar: { id: avatarId, ownerId }, photos, trainings }: AvatarOverview,
): ResultAsync<AvatarParts, StorageFailure> =>
  store.pictures.list({ ownerId, avatarId }, { limit: 1 }).map((pictures) => ({
    photos: photos.some(({ state }) => state.status !== "rejected"),
    models: trainings.some(({ state }) => modelIn(state) !== undefined),
    pictures: pictures.length > 0,
  }));

/** Asks for confirmation, in the message of the avatar's card. */
export const askToDelete = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) =>
    partsOf(ports, overview).andThen((parts) => {
      const { person } = press;
      const { id, name, state } = overview.avatar;
      const training = state.status === "training";
      const said = ports.say(person.locale, "delete.ask", { name, training, ...parts });
      const keyboard = new InlineKeyboard([
        [button(ports, person, "button.delete-confirm", "delete-yes", id, eraIn(overview))],
        [button(ports, person, "button.keep", "delete-no", id)],
      ]);
      return redraw(ports, press, said, keyboard).map(() => undefined);
    }),
  );

/** Shows the card again. */
export const keepAvatar = (ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> =>
  withAvatar(ports, press, (overview) => {
    const { said, keyboard } = avatarCard(ports, press.person, overview);
    return redraw(ports, press, said, keyboard).map(() => undefined);
  });

/**
 * Erases the avatar with everything made from it, cancels a training if the provider still can, and deletes the
 * messages of the chat about its photos.
 */
export function deleteAvatar(ports: ChatPorts, press: Press): ResultAsync<PressAnswer, ChatError> {
  const { likeness, store, api, say } = ports;
  const { person, messageId, onMedia, era } = press;
  const { actor, chatId, locale } = person;
  return withAvatar(ports, press, (overview) =>
    safeTry(async function* () {
      // The avatar has changed since the question was asked, so it is asked again.
      if (era !== undefined && era !== eraIn(overview)) return okAsync(oldButton(ports, press));
      const { id, name } = overview.avatar;
      const parts = yield* partsOf(ports, overview);
      const erased = await likeness.avatars.erase({ actor, avatarId: id });
      if (erased.isErr())
        return erased.error.type === "avatar-not-found" ? okAsync(oldButton(ports, press)) : errAsync(erased.error);
      const { burst } = yield* findConversation(store.sessions, person);
      for (const training of overview.trainings) yield* hastenProgress(ports, training.id);
      yield* forgetDraft(ports, person, id);
      yield* forgetWords(ports, person, id);
      const keyboard = new InlineKeyboard([[button(ports, person, "button.avatars", "avatars")]]);
      const said = say(locale, "deleted", { name, ...parts });
      yield* showMessage(ports, person, said, { keyboard, editing: editable(press) });
      // Errors are ignored: a message that cannot be deleted now stays.
      if (onMedia && messageId !== undefined) await deleteMessage(api, chatId, messageId);
      if (burst?.avatarId === id && burst.messageId !== undefined) await deleteMessage(api, chatId, burst.messageId);
      return okAsync(undefined);
    }),
  );
}
