import { err, ok, type Result } from "neverthrow";
import type { IllegalTransition, TrainingActive } from "../errors.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import { inconsistent } from "../values/inconsistent.ts";
import type { Avatar, AvatarState, AvatarStatus } from "./avatar.ts";

/** What can happen to an avatar. */
export type AvatarTransition =
  | { readonly type: "start"; readonly trainingId: string }
  | { readonly type: "complete" }
  | { readonly type: "fail"; readonly reason: FailureReason }
  | { readonly type: "cancel" }
  /** An operator adopts the late result of a training that was given up. */
  | { readonly type: "adopt"; readonly trainingId: string };

type Row = Partial<Record<AvatarTransition["type"], AvatarStatus>>;

/** The whole lifecycle of an avatar. A transition missing from a row is illegal in that status. */
export const avatarLifecycle = {
  draft: { start: "training", adopt: "ready" },
  training: { complete: "ready", fail: "failed", cancel: "draft" },
  failed: { start: "training", adopt: "ready" },
  ready: { start: "training", adopt: "ready" },
} as const satisfies Record<AvatarStatus, Row>;

/** The row of `training` while an older model serves: the avatar falls back to it. */
const retrainingRow = { complete: "ready", fail: "ready", cancel: "ready" } as const satisfies Row;

/** Applies one transition. The only function that changes an avatar's state. */
export function advanceAvatar(avatar: Avatar, transition: AvatarTransition): Result<Avatar, IllegalTransition> {
  const from = avatar.state;
  const to = rowOf(from)[transition.type];
  if (!to) return err({ type: "illegal-transition", entity: "avatar", from: from.status, transition: transition.type });
  return ok({ ...avatar, state: enter(to, from, transition) });
}

function rowOf(state: AvatarState): Row {
  return state.status === "training" && state.servingTrainingId ? retrainingRow : avatarLifecycle[state.status];
}

function enter(to: AvatarStatus, from: AvatarState, transition: AvatarTransition): AvatarState {
  switch (transition.type) {
    case "start": {
      const serving = from.status === "ready" ? { servingTrainingId: from.trainingId } : {};
      return { status: "training", trainingId: transition.trainingId, ...serving };
    }
    case "complete":
      return { status: "ready", trainingId: trainingIdOf(from) };
    case "fail":
      return to === "ready"
        ? { status: "ready", trainingId: servingIdOf(from) }
        : { status: "failed", trainingId: trainingIdOf(from), reason: transition.reason };
    case "cancel":
      return to === "ready" ? { status: "ready", trainingId: servingIdOf(from) } : { status: "draft" };
    case "adopt":
      return { status: "ready", trainingId: transition.trainingId };
  }
}

/** The training whose model the avatar uses now. */
export function servingIn(state: AvatarState): string | undefined {
  if (state.status === "ready") return state.trainingId;
  return state.status === "training" ? state.servingTrainingId : undefined;
}

const trainingIdOf = (state: AvatarState): string => {
  if (state.status === "draft") throw inconsistent(state);
  return state.trainingId;
};

const servingIdOf = (state: AvatarState): string => {
  if (state.status !== "training" || !state.servingTrainingId) throw inconsistent(state);
  return state.servingTrainingId;
};

/** The error for a command that needs an avatar without a training under way. */
export const trainingActive = ({ state }: Avatar): TrainingActive => ({
  type: "training-active",
  trainingId: trainingIdOf(state),
});
