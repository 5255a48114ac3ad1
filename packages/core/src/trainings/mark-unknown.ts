import { okAsync, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Training } from "./training.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { enqueuePoll } from "./enqueue-poll.ts";
import { moveTraining, type MovePorts } from "./move-training.ts";
import { tellOwner } from "../messages/tell-owner.ts";

/** Marks a training as `unknown`: the provider may have it. Tells the owner and polls the provider, both at once. */
export function markUnknown(
  ports: MovePorts,
  trainingId: string,
): ResultAsync<Training | undefined, IllegalTransition | StorageFailure> {
  return moveTraining(ports, trainingId, ({ state }) => {
    if (state.status !== "submitting") return undefined;
    const at = ports.clock.now();
    const content = { template: "training-unconfirmed" } as const;
    return {
      transitions: [{ type: "lose" }],
      nextCheckAt: at,
      alongside: (tx, training) =>
        tx.avatars
          .find(training.avatarId)
          .andThen((avatar) =>
            avatar ? tellOwner(tx, ports, { avatar, trainingId, content, dueAt: at }) : okAsync(undefined),
          )
          .andThen(() => enqueuePoll(tx, trainingId, at)),
    };
  });
}
