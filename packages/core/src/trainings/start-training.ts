import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar, trainingActive } from "../avatars/avatar-lifecycle.ts";
import type { AvatarCommand } from "../avatars/own-avatar.ts";
import type { TrainingActive } from "../errors.ts";
import type { ConsentMissing } from "../owners/consent.ts";
import { requireConsent } from "../owners/valid-consent.ts";
import { placeOrder, type PlaceOrderError, type PlanOrder, type PlacePorts } from "../orders/place-order.ts";
import { readiness, type Readiness } from "../photos/readiness.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { defaultPreset, profileFor, type KindUnavailable, type Preset } from "./profile.ts";
import { trainingKind } from "./training-kind.ts";
import { takeSnapshot } from "./training-snapshot.ts";
import type { Training } from "./training.ts";

export interface StartTraining extends AvatarCommand {
  /** `balanced` when absent. */
  readonly preset?: Preset | undefined;
  /** The same key is the same training, however often the command is repeated. */
  readonly idempotencyKey?: string | undefined;
}

/** Too few accepted photos. */
export interface NotReady {
  readonly type: "not-ready";
  readonly readiness: Readiness;
}

export type StartTrainingError = ConsentMissing | TrainingActive | KindUnavailable | NotReady | PlaceOrderError;

/**
 * Orders a training of an avatar. Two starts at once make one training, and the second caller gets that training, or its
 * id in the error.
 */
export function startTraining(
  ports: PlacePorts & Pick<Ports, "profiles" | "consent">,
  command: StartTraining,
): ResultAsync<Training, StartTrainingError> {
  const orderId = ports.ids.next();
  const { actor, avatarId } = command;
  const idempotencyKey = `${avatarId}:${command.idempotencyKey ?? orderId}`;
  const order = { actor, avatarId, orderId, idempotencyKey, kind: trainingKind.name };
  // An order with a key of this form is a training.
  return placeOrder(ports, order, planOf(ports, orderId, command)).map((placed) => placed as Training);
}

const planOf =
  (
    { profiles, consent }: Pick<Ports, "profiles" | "consent">,
    trainingId: string,
    { preset = defaultPreset }: StartTraining,
  ): PlanOrder<ConsentMissing | TrainingActive | KindUnavailable | NotReady | StorageFailure> =>
  ({ photos, consents }, avatar) =>
    safeTry(async function* () {
      const moved = yield* advanceAvatar(avatar, { type: "start", trainingId }).mapErr(() => trainingActive(avatar));
      yield* requireConsent({ consents }, { consent }, avatar.ownerId);
      const profile = yield* profileFor(profiles, avatar.kind);
      const arrived = yield* photos.listByAvatar(avatar.id);
      const ready = readiness(arrived, profile.photos);
      if (ready.missing > 0) return err({ type: "not-ready", readiness: ready } as const);
      const snapshot = takeSnapshot(avatar.id, profile, preset, arrived);
      return ok({ avatar: moved, snapshot, dollars: snapshot.steps * (profile.pricePerStep ?? 0) });
    });
