import { aModel } from "../fixtures/model.ts";
import { aPrepared, aTraining } from "../fixtures/training.ts";
import { owner, photoLimits } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** Photos are uploaded, a model comes out, the avatar moves with every step, and the owner is told. */
export const trainings: TestedKind = {
  name: "training",
  photos: photoLimits.minimum,
  preparations: 1,
  deadlineSeconds: 600,
  mainFile: "weights",
  otherFile: "config",
  outcome: () => aModel(),
  told: {
    unconfirmed: [{ template: "training-unconfirmed" }],
    succeeded: (model) => [{ template: "training-ready", model }],
    failed: (reason) => [{ template: "training-failed", reason }],
    unsaved: [{ template: "model-unsaved" }],
  },
  avatar: {
    succeeded: (trainingId) => ({ status: "ready", trainingId }),
    failed: (trainingId, reason) => ({ status: "failed", trainingId, reason }),
    cancelled: { status: "draft" },
    becomesMain: true,
  },
  place: ({ likeness }, { avatarId, key }) => likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: key }),
  cancel: ({ likeness }, { avatarId }) => likeness.trainings.cancel({ actor: owner, avatarId }).map(({ type }) => type),
  nothingToCancel: ({ avatarId }) => ({ type: "no-training", avatarId }),
  prepared: (orderId) => aPrepared(`https://files.example/${orderId}`),
  stored: (status, overrides) => aTraining(status, overrides),
};
