import { ok, safeTry, type ResultAsync } from "neverthrow";
import { creditsOutcome } from "../credits/capture-or-release.ts";
import type { AvatarNotFound } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { discardJob } from "../jobs/jobs.ts";
import { modelBlobKeys } from "../models/model.ts";
import type { Photo } from "../photos/photo.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import { callOffErased, traceOf, eraseJob } from "../trainings/erase-at-provider.ts";
import { modelIn, type Training } from "../trainings/training.ts";
import { addSeconds } from "../values/timestamp.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "./own-avatar.ts";
import { chooseMain } from "./set-main-avatar.ts";

/** How long after an erasure a sweep wipes the store. */
const wipeSeconds = 5;

export type EraseAvatarError = AvatarNotFound | StorageFailure;

/**
 * Erases an avatar with its photos, trainings, models and deliveries, both rows and bytes. A training under way is
 * cancelled at the provider if possible, and the provider is asked to erase its data; what it reports later finds no
 * row and changes nothing. If the avatar was the owner's main one, another one that has a model becomes the main one.
 */
export function eraseAvatar(
  ports: Pick<Ports, "store" | "provider" | "clock" | "policy" | "log">,
  command: AvatarCommand,
): ResultAsync<void, EraseAvatarError> {
  const { store } = ports;
  const { avatarId } = command;
  return safeTry(async function* () {
    yield* ownAvatar(store, command);
    for (const training of yield* store.trainings.listByAvatar(avatarId))
      if (training.state.status === "submitted") yield* callOffErased(ports, training);
    return atomically(store, (tx) =>
      safeTry(async function* () {
        yield* holdOwnAvatar(tx, command);
        const trainings = yield* tx.trainings.listByAvatar(avatarId);
        const keys = blobKeys(yield* tx.photos.listByAvatar(avatarId), trainings);
        yield* tx.avatars.delete(avatarId);
        yield* chooseMain(tx, command.actor);
        yield* tx.jobs.enqueue(discardJob(avatarId, keys));
        // Delayed, so that the deliveries being processed now are settled by then and this sweep wipes their bodies
        // too.
        const runAt = addSeconds(ports.clock.now(), wipeSeconds);
        yield* tx.jobs.enqueue({ kind: jobKinds.sweep, key: `wipe:${avatarId}`, payload: null, runAt });
        yield* eraseTraces(tx, ports, trainings);
        for (const { id: trainingId, state } of trainings.filter(mayHoldCredits)) {
          const outcome = creditsOutcome(state);
          yield* tx.jobs.enqueue({ kind: jobKinds.settleCredits, key: trainingId, payload: { trainingId, outcome } });
        }
        return ok(undefined);
      }),
    );
  });
}

/** While a training has work left to do, its credits may be neither captured nor released yet. */
const mayHoldCredits = ({ nextCheckAt }: Training): boolean => nextCheckAt !== undefined;

function blobKeys(photos: readonly Photo[], trainings: readonly Training[]): string[] {
  const ofPhotos = photos.flatMap(({ state }) => (state.status === "accepted" ? [state.blobKey] : []));
  const ofTrainings = trainings.flatMap(({ snapshot, state }) => {
    const model = modelIn(state);
    return [...snapshot.manifest.map(({ blobKey }) => blobKey), ...(model ? modelBlobKeys(model) : [])];
  });
  return [...new Set([...ofPhotos, ...ofTrainings])];
}

/** For erased trainings: enqueues the jobs that ask the provider to erase its data, if the provider can erase. */
export const eraseTraces = (
  { jobs }: Pick<Repositories, "jobs">,
  { provider, clock, policy }: Pick<Ports, "provider" | "clock" | "policy">,
  trainings: readonly Training[],
): ResultAsync<void, StorageFailure> =>
  safeTry(async function* () {
    const asked = provider.erase ? trainings.filter((training) => training.provider === provider.name) : [];
    const until = addSeconds(clock.now(), policy.erasureDeadlineSeconds);
    for (const training of asked) {
      const trace = traceOf(training);
      if (trace) yield* jobs.enqueue(eraseJob({ trace, avatarId: training.avatarId, until }));
    }
    return ok(undefined);
  });
