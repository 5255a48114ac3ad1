import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar, type AvatarTransition } from "../domain/avatar-lifecycle.ts";
import type { IllegalTransition } from "../domain/errors.ts";
import { jobKinds } from "../domain/job-kinds.ts";
import type { NotificationContent } from "../domain/notification.ts";
import { addSeconds } from "../domain/timestamp.ts";
import type { Training, TrainingState } from "../domain/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { trainingJob } from "./jobs.ts";
import { tellOwner } from "./tell-owner.ts";

type Terminal = Extract<TrainingState, { status: "succeeded" | "failed" | "cancelled" }>;

/** What the end of a training means for its avatar. */
const transitionOf = (state: Terminal): AvatarTransition => {
  switch (state.status) {
    case "succeeded":
      return { type: "complete" };
    case "failed":
      return { type: "fail", reason: state.reason };
    case "cancelled":
      return { type: "cancel" };
  }
};

/** What the owner is told; a cancelled training was their own doing. */
const contentOf = (state: Terminal): NotificationContent | undefined => {
  switch (state.status) {
    case "succeeded":
      return { template: "training-ready" };
    case "failed":
      return { template: "training-failed", reason: state.reason };
    case "cancelled":
      return undefined;
  }
};

/**
 * Stores a training that has just ended, with everything that follows from it: the avatar's new status, the message,
 * the job that settles credits and copies the model. The caller holds the avatar.
 */
export function endTraining(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids" | "policy">,
  training: Training & { readonly state: Terminal },
): ResultAsync<Training, IllegalTransition | SaveError> {
  const now = ports.clock.now();
  return safeTry(async function* () {
    const { deadlineAt: _over, ...ended } = training;
    const saved = yield* tx.trainings.save({ ...ended, nextCheckAt: now });
    yield* tx.jobs.enqueue(trainingJob(jobKinds.finishTraining, training.id));
    const avatar = yield* tx.avatars.find(training.avatarId);
    if (!avatar) return ok(saved);

    const moved = yield* advanceAvatar(avatar, transitionOf(training.state));
    const main = avatar.main || (training.state.status === "succeeded" && (yield* hasNoMain(tx, avatar.ownerId)));
    yield* tx.avatars.save({ ...moved, main, updatedAt: now });

    const content = contentOf(training.state);
    const wait = training.state.status === "succeeded" ? ports.policy.copyWaitSeconds : 0;
    if (content)
      yield* tellOwner(tx, ports, { avatar, trainingId: training.id, content, dueAt: addSeconds(now, wait) });
    return okAsync(saved);
  });
}

/** The first avatar that is ready becomes the owner's main one. */
const hasNoMain = (tx: Repositories, ownerId: string) =>
  tx.avatars.listByOwner(ownerId).map((avatars) => !avatars.some(({ main }) => main));
