import { orderLifecycle } from "@likeness/core";
import type { Avatar, StorageFailure, Training, OrderState, AvatarOverview } from "@likeness/core";
import { InlineKeyboard } from "grammy";
import { okAsync, type ResultAsync } from "neverthrow";
import type { ProgressPhase } from "../../texts/texts.ts";
import { button } from "../button.ts";
import type { ChatPorts, Person } from "../chat-ports.ts";
import { eraOf } from "../era.ts";
import { hasModel } from "../has-model.ts";
import type { Question } from "../question.ts";
import { remaining } from "./remaining.ts";

/** An avatar and one of its trainings. */
export interface AvatarTraining {
  readonly avatar: Avatar;
  readonly training: Training;
}

/** The progress of a training in words and numbers, or its end. */
export function progressCard(
  ports: ChatPorts,
  person: Person,
  { avatar, training }: AvatarTraining,
): ResultAsync<Question, StorageFailure> {
  const { say } = ports;
  const { locale } = person;
  const { name } = avatar;
  const { state } = training;
  if (state.status === "succeeded" || state.status === "failed" || state.status === "cancelled")
    return okAsync({ said: say(locale, "progress.ended", { name, outcome: outcomeOf(state, { avatar, training }) }) });

  const { position, percent } = state.status === "submitted" ? state.progress : {};
  return remaining(ports, training).map((left) => ({
    said: say(locale, "progress", {
      name,
      phase: phaseOf(state),
      position,
      percent,
      remaining: left,
      // An avatar that is ready was read after the training, which has ended in between: the next look says so.
      previous: ports.likeness.images.available && avatar.state.status === "training" && hasModel(avatar),
    }),
    ...(isCancellable(training) && {
      keyboard: InlineKeyboard.from([
        [button(ports, person, "button.cancel-training", "cancel-ask", avatar.id, eraOf("training", training.id))],
      ]),
    }),
  }));
}

/** Not while it is unclear whether the provider has it. */
export const isCancellable = ({ state }: Training): boolean => "cancel" in orderLifecycle[state.status];

/** A training that was given up counts as succeeded once its late result was adopted. */
const outcomeOf = ({ status }: Ended, { avatar: { state }, training }: AvatarTraining): Ended["status"] =>
  state.status === "ready" && state.trainingId === training.id ? "succeeded" : status;

type Ended = Extract<OrderState, { readonly status: "succeeded" | "failed" | "cancelled" }>;

type UnderWay = Extract<OrderState, { readonly status: "requested" | "submitting" | "unknown" | "submitted" }>;

function phaseOf(state: UnderWay): ProgressPhase {
  switch (state.status) {
    case "requested":
      return "preparing";
    case "submitting":
      return "sending";
    case "unknown":
      return "unconfirmed";
    case "submitted":
      return state.progress.startedAt === undefined ? "queued" : "running";
  }
}

/** The training of an avatar that is under way. */
export function trainingUnderWay({ avatar, trainings }: AvatarOverview): AvatarTraining | undefined {
  const { state } = avatar;
  if (state.status !== "training") return undefined;
  const training = trainings.find(({ id }) => id === state.trainingId);
  return training && { avatar, training };
}
