import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar, AvatarStatus } from "../avatars/avatar.ts";
import { servingIn } from "../avatars/avatar-lifecycle.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Model } from "../trainings/model.ts";
import { isTraining, modelIn } from "../trainings/training.ts";

/** The avatar has no model to make pictures with. */
export interface NoModel {
  readonly type: "no-model";
  readonly avatarId: string;
  readonly status: AvatarStatus;
}

/** The model that makes an avatar's pictures now; while it is trained again, the previous one. */
export interface ServingModel extends Model {
  /** Name of the provider that trained it. */
  readonly provider: string;
  readonly trainingId: string;
  /** The word that stands for the avatar in a prompt. */
  readonly trigger: string;
}

export const servingModel = (
  { orders }: Pick<Repositories, "orders">,
  { id: avatarId, state }: Avatar,
): ResultAsync<ServingModel, NoModel | StorageFailure> =>
  safeTry(async function* () {
    const trainingId = servingIn(state);
    const training = trainingId === undefined ? undefined : yield* orders.find(trainingId);
    const model = isTraining(training) ? modelIn(training.state) : undefined;
    if (!isTraining(training) || !model) return err({ type: "no-model", avatarId, status: state.status } as const);
    const { id, provider, snapshot } = training;
    return ok({ ...model, provider, trainingId: id, trigger: snapshot.trigger });
  });
