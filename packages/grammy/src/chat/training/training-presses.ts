import type { AvatarOverview, CancelTrainingError } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { errAsync, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { withAvatar } from "../avatars/with-avatar.ts";
import { button } from "../button.ts";
import type { Verb } from "../callback-data.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { editable, oldButton, type ChatError, type Press, type PressAnswer, type PressHandler } from "../press.ts";
import { showMessage } from "../show-message.ts";
import { activeRun } from "./active-run.ts";
import type { Run } from "./progress-card.ts";
import { hastenProgress, showProgress } from "./show-progress.ts";

/** Asks whether a training is really to be cancelled. */
export const askToCancel = (
  ports: ChatPorts,
  person: Person,
  { id, name }: AvatarOverview["avatar"],
): ResultAsync<void, ChatError> =>
  showMessage(ports, person, ports.say(person.locale, "cancel.ask", { name }), {
    keyboard: InlineKeyboard.from([
      [button(ports, person, "button.cancel-training", "cancel-yes", id)],
      [button(ports, person, "button.keep-training", "cancel-no", id)],
    ]),
  }).map(() => undefined);

/** Does something about the training under way; without one the button is an old one. */
const aboutRun =
  (act: (ports: ChatPorts, press: Press, run: Run) => ResultAsync<void, ChatError>): PressHandler =>
  (ports, press) =>
    withAvatar(ports, press, (overview) => {
      const run = activeRun(overview);
      return run ? act(ports, press, run).map(() => undefined) : okAsync(oldButton(ports, press));
    });

const cancelYes: PressHandler = (ports, press) =>
  withAvatar(ports, press, (overview) => cancelTraining(ports, press, overview));

function cancelTraining(ports: ChatPorts, press: Press, overview: AvatarOverview): ResultAsync<PressAnswer, ChatError> {
  const { likeness, say } = ports;
  const { person } = press;
  const { id: avatarId, name } = overview.avatar;
  return safeTry(async function* () {
    const cancelled = await likeness.cancelTraining({ actor: person.actor, avatarId });
    const answer = cancelled.isOk() ? cancelled.value.type : answerTo(cancelled.error, overview);
    if (typeof answer !== "string") return errAsync(answer);
    if (answer === "old") return okAsync(oldButton(ports, press));
    const [newest] = overview.trainings;
    if (answer === "cancelled" && newest) yield* hastenProgress(ports, newest.id);
    const { state } = overview.avatar;
    const hasModel = state.status === "ready" || (state.status === "training" && state.servingTrainingId !== undefined);
    const said =
      answer === "cancelled"
        ? say(person.locale, "cancel.done", { name, hasModel })
        : say(person.locale, saying[answer], { name });
    return showMessage(ports, person, said, {
      editing: editable(press),
      keyboard: InlineKeyboard.from([
        answer === "cancelled"
          ? [button(ports, person, "button.train-again", "confirm", avatarId)]
          : [button(ports, person, "button.avatars", "avatars")],
      ]),
    }).map(() => undefined);
  });
}

const saying = {
  "too-late": "cancel.too-late",
  unclear: "cancel.unclear",
} as const;

/** What to say to an error; a training that has ended already is what a second press finds. */
function answerTo(error: CancelTrainingError, { trainings }: AvatarOverview) {
  switch (error.type) {
    case "avatar-not-found":
      return "old";
    case "no-training": {
      const [newest] = trainings;
      if (!newest) return "old";
      return newest.state.status === "cancelled" ? "cancelled" : "too-late";
    }
    case "illegal-transition":
    case "provider-unavailable":
    case "provider-refused":
      return "unclear";
    case "storage-failure":
      return error;
  }
}

/** The buttons about a training under way. */
export const trainingPresses = {
  progress: aboutRun((ports, { person }, run) => showProgress(ports, person, run)),
  "cancel-ask": aboutRun((ports, { person }, { avatar }) => askToCancel(ports, person, avatar)),
  "cancel-yes": cancelYes,
  "cancel-no": aboutRun((ports, press, run) => showProgress(ports, press.person, run, { editing: editable(press) })),
} as const satisfies Partial<Record<Verb, PressHandler>>;
