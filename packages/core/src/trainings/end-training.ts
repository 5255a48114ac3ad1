import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar, type AvatarTransition } from "../avatars/avatar-lifecycle.ts";
import type { Avatar } from "../avatars/avatar.ts";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { trainingJob } from "../jobs/jobs.ts";
import type { NotificationContent } from "../messages/notification.ts";
import { tellOwner } from "../messages/tell-owner.ts";
import { copyDeadline } from "../models/model.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds } from "../values/timestamp.ts";
import type { Ended } from "./training-lifecycle.ts";
import { modelIn, type Training } from "./training.ts";

/** The avatar's transition, and the message to its owner. */
export type Consequences = readonly [AvatarTransition, NotificationContent?];

/** The consequences of each end. There is no message about a cancelled training, because its owner cancelled it. */
export const consequencesOf = (state: Ended): Consequences => {
  switch (state.status) {
    case "succeeded":
      return [{ type: "complete" }, { template: "training-ready" }];
    case "failed":
      return [
        { type: "fail", reason: state.reason },
        { template: "training-failed", reason: state.reason },
      ];
    case "cancelled":
      return [{ type: "cancel" }];
  }
};

/**
 * Saves a training that has ended, with the avatar's new status, the message, and the job that captures or releases the
 * credits and copies the model. The caller holds the avatar.
 */
export function endTraining(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids" | "policy">,
  training: Training,
  [transition, content]: Consequences,
): ResultAsync<Training, IllegalTransition | SaveError> {
  const now = ports.clock.now();
  return safeTry(async function* () {
    const deadlineAt = modelIn(training.state) && copyDeadline(ports.policy, now);
    const saved = yield* tx.trainings.save({ ...training, nextCheckAt: now, deadlineAt });
    yield* tx.jobs.enqueue(trainingJob(jobKinds.finishTraining, training.id));
    const avatar = yield* tx.avatars.find(training.avatarId);
    if (!avatar) return ok(saved);

    const moved = yield* advanceAvatar(avatar, transition);
    const ready = content?.template === "training-ready";
    const main = avatar.main || (ready && (yield* hasNoMain(tx, avatar.ownerId)));
    yield* tx.avatars.save({ ...moved, main, updatedAt: now });

    const dueAt = addSeconds(now, ready ? ports.policy.copyWaitSeconds : 0);
    if (content) {
      const told = withWhatStays(content, moved);
      yield* tellOwner(tx, ports, { avatar, trainingId: training.id, content: told, dueAt });
    }
    return okAsync(saved);
  });
}

/** After a failed second training the avatar is still ready, with its previous model. */
const withWhatStays = (content: NotificationContent, { state }: Avatar): NotificationContent =>
  content.template === "training-failed" && state.status === "ready" ? { ...content, stillReady: true } : content;

/** The first avatar of an owner that becomes ready becomes the main one. */
const hasNoMain = (tx: Repositories, ownerId: string) =>
  tx.avatars.listByOwner(ownerId).map((avatars) => !avatars.some(({ main }) => main));
