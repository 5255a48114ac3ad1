import type { CallbackQuery, Update } from "grammy/types";
import { okAsync } from "neverthrow";
import { answerPress } from "../../telegram/messages.ts";
import { actorOf } from "../actor.ts";
import { avatarsPresses } from "../avatars/avatars-presses.ts";
import { parseCallbackData, type CallbackData, type Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { consentPresses } from "../consent/consent-presses.ts";
import { galleryPresses } from "../gallery/gallery-presses.ts";
import { noteVisit, visit, whoVisits, type Visitor } from "../person.ts";
import { photosPresses } from "../photos/photos-presses.ts";
import { makePicturesPresses } from "../pictures/make-pictures.ts";
import { repeatPresses } from "../pictures/repeat-presses.ts";
import { oldButton, type Press, type PressHandler } from "../press.ts";
import { privacyPresses } from "../privacy/privacy-presses.ts";
import { settingsPresses } from "../settings/settings-presses.ts";
import { confirmPresses } from "../training/confirm-presses.ts";
import { trainingPresses } from "../training/training-presses.ts";
import { wizardPresses } from "../wizard/wizard-presses.ts";
import { guarded } from "./guarded.ts";

/** The action of our button; `undefined`: the button is the host's, or not in a private chat. */
export function pressedIn({ data, message, inline_message_id }: CallbackQuery): CallbackData | "old" | undefined {
  const isPrivate = message ? message.chat.type === "private" : inline_message_id === undefined;
  return isPrivate && data !== undefined ? parseCallbackData(data) : undefined;
}

/** Who pressed, and the topic of the button's message, which is missing when Telegram no longer has the message. */
export const visitorIn = ({ from, message }: CallbackQuery): Visitor => ({
  from,
  ...(message && "message_thread_id" in message && { topicId: message.message_thread_id }),
});

/** How long the button may show that it is busy; if the work takes longer, the press is answered without a toast. */
const longestBusyMilliseconds = 2_000;

/** Handles the press, and ends the button's busy state exactly once, even after an error. */
export async function answerQuery(
  ports: ChatPorts,
  update: Update,
  query: CallbackQuery,
  pressed: CallbackData | "old",
): Promise<void> {
  const answer = once((toast?: string) =>
    answerPress(ports.api, query.id, toast).match(
      () => undefined,
      (problem) =>
        ports.log.warn(
          { updateId: update.update_id, actor: actorOf(query.from.id), problem },
          "a press could not be answered",
        ),
    ),
  );
  const callOff = ports.clock.after(longestBusyMilliseconds, () => void answer());
  const visitor = visitorIn(query);
  const visited = await visit(ports, visitor);
  const person = whoVisits(visitor, visited);
  const toast = await guarded(ports, { update, person }, () =>
    visited.asyncAndThen((known) => {
      if (pressed === "old") return okAsync(oldButton(ports, { person }));
      const press = pressOf(query, pressed, person);
      const noted = press.verb === "erase-yes" ? okAsync(undefined) : noteVisit(ports, known);
      return noted.andThen(() => presses[press.verb](ports, press));
    }),
  );
  callOff();
  await answer(toast);
}

/** Only the first call has an effect; later calls wait for it. */
function once(answer: (toast?: string) => Promise<void>): (toast?: string) => Promise<void> {
  let answering: Promise<void> | undefined;
  return (toast) => (answering ??= answer(toast));
}

const pressOf = ({ id, message, from }: CallbackQuery, pressed: CallbackData, person: Person): Press => ({
  ...pressed,
  person,
  ...(from.language_code !== undefined && { stated: from.language_code }),
  queryId: id,
  ...(message && { messageId: message.message_id }),
  onMedia: message !== undefined && ("photo" in message || "document" in message),
});

/** Buttons about pictures are old where the host no longer makes any. */
const whereAvailable = <Name extends Verb>(handlers: Readonly<Record<Name, PressHandler>>) =>
  Object.fromEntries(
    Object.entries<PressHandler>(handlers).map(([verb, handle]): [string, PressHandler] => [
      verb,
      (ports, press) => (ports.likeness.images.available ? handle(ports, press) : okAsync(oldButton(ports, press))),
    ]),
  ) as Record<Name, PressHandler>;

/** The handlers of all our buttons. */
export const presses: Readonly<Record<Verb, PressHandler>> = {
  ...wizardPresses,
  ...photosPresses,
  ...confirmPresses,
  ...trainingPresses,
  ...avatarsPresses,
  ...consentPresses,
  ...privacyPresses,
  ...settingsPresses,
  ...whereAvailable({ ...makePicturesPresses, ...repeatPresses, ...galleryPresses }),
};
