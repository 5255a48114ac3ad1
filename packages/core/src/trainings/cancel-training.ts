import { err, errAsync, ok, safeTry, type ResultAsync } from "neverthrow";
import { ownAvatar, type AvatarCommand } from "../avatars/own-avatar.ts";
import type { AvatarNotFound, IllegalTransition } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { ProviderError, ProviderUnavailable, TrainingProvider } from "../ports/training-provider.ts";
import { moveTraining } from "./change-training.ts";
import { enqueuePoll } from "./poll.ts";
import type { Training } from "./training.ts";

/** The avatar has no training under way. */
export interface NoTraining {
  readonly type: "no-training";
  readonly avatarId: string;
}

export type CancelTrainingError = AvatarNotFound | NoTraining | IllegalTransition | ProviderError | StorageFailure;

/** `too-late`: the provider has finished, and the outcome is applied as usual. */
export type Cancellation = { readonly type: "cancelled" | "too-late"; readonly training: Training };

type CancelPorts = Pick<Ports, "store" | "provider" | "clock" | "ids" | "policy">;

/**
 * Cancels the training under way, at the provider first. While it is not known whether the provider has it
 * (`submitting`, `unknown`) it cannot be cancelled: `illegal-transition`. If a result arrives anyway, it is stored as a
 * late result.
 */
export function cancelTraining(
  ports: CancelPorts,
  command: AvatarCommand,
): ResultAsync<Cancellation, CancelTrainingError> {
  const { store } = ports;
  return safeTry(async function* () {
    const avatar = yield* ownAvatar(store, command);
    const none: NoTraining = { type: "no-training", avatarId: avatar.id };
    if (avatar.state.status !== "training") return err(none);
    const training = yield* store.trainings.find(avatar.state.trainingId);
    if (!training) return err(none);

    const asked = training.state.status === "submitted" ? yield* cancelAtProvider(ports, training) : "requested";
    if (asked === "too-late") {
      yield* enqueuePoll(store, training.id, ports.clock.now(), ":now");
      return ok({ type: "too-late", training } as const);
    }
    const seen = training.state.status;
    const at = ports.clock.now();
    // If its status has changed since it was read, e.g. to `submitted`, it was not cancelled at the provider.
    const cancelled = yield* moveTraining(ports, training.id, ({ state }) =>
      state.status === seen ? { transitions: [{ type: "cancel", at }], nextCheckAt: at } : undefined,
    );
    if (cancelled) return ok({ type: "cancelled", training: cancelled } as const);
    return cancelTraining(ports, command);
  });
}

type Asked = ResultAsync<"requested" | "too-late", ProviderError>;

/**
 * A request that the provider does not know needs no cancelling. A single such answer may be wrong, though, and the
 * request would go on and cost money.
 */
const cancelAtProvider = ({ provider }: CancelPorts, training: Training): Asked =>
  provider
    .cancel(training)
    .orElse((error): Asked => (error.type === "request-not-found" ? whenUnknown(provider, training) : errAsync(error)));

const whenUnknown = (provider: TrainingProvider, training: Training): Asked =>
  provider
    .status(training)
    .andThen(({ type }) => (type === "finished" ? ok("too-late" as const) : err(contradiction)))
    .orElse((error) => (error.type === "request-not-found" ? ok("requested" as const) : err(error)));

const contradiction: ProviderUnavailable = {
  type: "provider-unavailable",
  detail: "the provider did not know the request that it has",
};
