import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import { advanceAvatar } from "../avatars/avatar-lifecycle.ts";
import type { Avatar } from "../avatars/avatar.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound, TrainingActive } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { trainingJob } from "../jobs/jobs.ts";
import { readiness, type Readiness } from "../photos/readiness.ts";
import { atomically } from "../ports/atomically.ts";
import type { CreditsFailure, CreditsRefused } from "../ports/credits.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { addSeconds } from "../values/timestamp.ts";
import type { Preset } from "./profile.ts";
import { trainingActive } from "./training-active.ts";
import { takeSnapshot } from "./training-snapshot.ts";
import { idsOf, type Training } from "./training.ts";

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

export type StartTrainingError =
  AvatarNotFound | TrainingActive | NotReady | CreditsRefused | CreditsFailure | StorageFailure;

type StartPorts = Pick<Ports, "store" | "provider" | "credits" | "profiles" | "policy" | "clock" | "ids" | "log">;

interface Order extends StartTraining {
  readonly trainingId: string;
  /** The caller's key, prefixed with the avatar's id. */
  readonly idempotencyKey: string;
}

/**
 * Orders a paid training of an avatar: stores it, with a job that submits it. Nothing is paid before that job runs. Two
 * starts at once make one training, and the second caller gets that training, or its id in the error.
 */
export function startTraining(ports: StartPorts, command: StartTraining): ResultAsync<Training, StartTrainingError> {
  const { store, credits, log } = ports;
  const trainingId = ports.ids.next();
  const idempotencyKey = `${command.avatarId}:${command.idempotencyKey ?? trainingId}`;
  const order: Order = { ...command, trainingId, idempotencyKey };
  return safeTry(async function* () {
    const avatar = yield* ownAvatar(store, command);
    const known = yield* knownTraining(store, order);
    if (known) return ok(known);

    const planned = yield* plan(ports, store, order, avatar);
    const reserved = await credits.reserve(planned.training);
    if (reserved.isErr()) {
      // The same start may have run twice at once, and the other one has reserved the credits.
      const twin = yield* knownTraining(store, order);
      if (twin) return ok(twin);
      yield* plan(ports, store, order, yield* ownAvatar(store, command));
      return err(reserved.error);
    }
    const started = await atomically(store, (tx) =>
      safeTry(async function* () {
        const held = yield* holdOwnAvatar(tx, command);
        const repeated = yield* knownTraining(tx, order);
        if (repeated) return ok(repeated);
        const { avatar: moved, training } = yield* plan(ports, tx, order, held);
        yield* tx.avatars.save(moved);
        yield* tx.jobs.enqueue(trainingJob(jobKinds.submitTraining, trainingId));
        return tx.trainings.save(training);
      }),
    );
    // After a storage failure the training may be stored or not, so its credits are not released.
    if (started.isErr() ? started.error.type !== "storage-failure" : started.value.id !== trainingId) {
      const released = await credits.release(trainingId);
      if (released.isErr())
        log.error({ ...idsOf(planned.training), error: released.error.type }, "a reservation without a training stays");
    }
    return started;
  });
}

/** The training that was started with the same key for the same avatar. */
const knownTraining = ({ trainings }: Pick<Repositories, "trainings">, { idempotencyKey }: Order) =>
  trainings.findByIdempotencyKey(idempotencyKey);

/** The training to be stored, and the avatar's next state. */
function plan(ports: StartPorts, { photos }: Pick<Repositories, "photos">, order: Order, avatar: Avatar) {
  const { avatarId, trainingId, preset = "balanced", idempotencyKey } = order;
  return safeTry(async function* () {
    const moved = yield* advanceAvatar(avatar, { type: "start", trainingId }).mapErr(() => trainingActive(avatar));
    const profile = ports.profiles[avatar.kind];
    const arrived = yield* photos.listByAvatar(avatarId);
    const ready = readiness(arrived, profile.photos);
    if (ready.missing > 0) return err({ type: "not-ready", readiness: ready } as const);

    const now = ports.clock.now();
    const training: Training = {
      id: trainingId,
      avatarId,
      ownerId: avatar.ownerId,
      provider: ports.provider.name,
      idempotencyKey,
      snapshot: takeSnapshot(avatarId, profile, preset, arrived),
      state: { status: "requested" },
      createdAt: now,
      nextCheckAt: now,
      deadlineAt: addSeconds(now, ports.policy.requestDeadlineSeconds),
      version: 0,
    };
    return ok({ avatar: { ...moved, updatedAt: now }, training });
  });
}
