import type { AvatarOverview, CancelTrainingError } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { withAvatar } from "../avatars/with-avatar.ts";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraIn, eraOf, isSameTraining } from "../era.ts";
import { hasModel } from "../has-model.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { isCancellable, trainingUnderWay, type AvatarTraining } from "./progress-card.ts";
import { noteQuestion } from "./close-card.ts";
import { hastenProgress } from "./hasten-progress.ts";
import { showProgress } from "./show-progress.ts";

/** Asks whether a training is really to be cancelled, or says that it cannot be cancelled now. */
export const askToCancel = (
  ports: ChatPorts,
  person: Person,
  { avatar: { id, name }, training }: AvatarTraining,
): ResultAsync<void, ChatError> => {
  if (!isCancellable(training))
    return showMessage(ports, person, ports.say(person.locale, "cancel.unclear", { name })).map(() => undefined);
  const era = eraOf("training", training.id);
  return showMessage(ports, person, ports.say(person.locale, "cancel.ask", { name }), {
    keyboard: InlineKeyboard.from([
      [button(ports, person, "button.cancel-training", "cancel-yes", id, era)],
      [button(ports, person, "button.keep-training", "cancel-no", id, era)],
    ]),
  }).andThen((messageId) => noteQuestion(ports.store, training.id, messageId, "asked"));
};

/** Calls `act` with the training under way; without one the button is old. */
const aboutTraining =
  (act: (ports: ChatPorts, press: Press, current: AvatarTraining) => ResultAsync<void, ChatError>): PressHandler =>
  (ports, press) =>
    withAvatar(ports, press, (overview) => {
      const current = trainingUnderWay(overview);
      const isOld = press.era !== undefined && press.era !== eraIn(overview);
      return current && !isOld ? act(ports, press, current).map(() => undefined) : okAsync(oldButton(ports, press));
    });

/** The training that the question was about, and not a later one. */
const cancelYes: PressHandler = (ports, press) =>
  withAvatar(ports, press, (overview) =>
    press.era === undefined || isSameTraining(press.era, eraIn(overview))
      ? cancelTraining(ports, press, overview)
      : okAsync(oldButton(ports, press)),
  );

function cancelTraining(ports: ChatPorts, press: Press, overview: AvatarOverview): ResultAsync<PressAnswer, ChatError> {
  const { likeness, say } = ports;
  const { person, messageId } = press;
  const { id: avatarId, name } = overview.avatar;
  return safeTry(async function* () {
    const cancelled = await likeness.trainings.cancel({ actor: person.actor, avatarId });
    const answer = cancelled.isOk() ? cancelled.value.type : answerTo(cancelled.error, overview);
    if (typeof answer !== "string") return errAsync(answer);
    if (answer === "old") return okAsync(oldButton(ports, press));
    const [newest] = overview.trainings;
    // The message gets other buttons, which must not be removed when the questions are closed.
    if (newest && messageId !== undefined) yield* noteQuestion(ports.store, newest.id, messageId, "answered");
    if (answer === "cancelled" && newest) yield* hastenProgress(ports, newest.id);
    const keepsModel = hasModel(overview.avatar);
    const era = eraOf(keepsModel ? "ready" : "draft", newest?.id);
    const said =
      answer === "cancelled"
        ? say(person.locale, "cancel.done", { name, hasModel: keepsModel })
        : say(person.locale, saying[answer], { name });
    return showMessage(ports, person, said, {
      editing: editable(press),
      keyboard: InlineKeyboard.from([
        answer === "cancelled"
          ? [button(ports, person, "button.train-again", "confirm", avatarId, era)]
          : [button(ports, person, "button.avatars", "avatars")],
      ]),
    }).map(() => undefined);
  });
}

const saying = {
  "too-late": "cancel.too-late",
  unclear: "cancel.unclear",
} as const;

/** The answer to an error. After a second press the training is cancelled already. */
function answerTo(error: CancelTrainingError, { trainings }: AvatarOverview) {
  switch (error.type) {
    case "avatar-not-found":
      return "old";
    case "no-training": {
      return trainings[0]?.state.status === "cancelled" ? "cancelled" : "old";
    }
    case "illegal-transition":
    case "provider-unavailable":
    case "provider-refused":
      return "unclear";
    case "storage-failure":
      return error;
  }
}

/** The handlers of the buttons about a training under way. */
export const trainingPresses = {
  progress: aboutTraining((ports, { person }, current) => showProgress(ports, person, current)),
  "cancel-ask": aboutTraining((ports, { person }, current) => askToCancel(ports, person, current)),
  "cancel-yes": cancelYes,
  "cancel-no": aboutTraining((ports, press, current) =>
    showProgress(ports, press.person, current, { editing: editable(press) }),
  ),
} as const satisfies Partial<Record<Verb, PressHandler>>;
