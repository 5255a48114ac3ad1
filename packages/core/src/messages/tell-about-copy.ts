import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarState } from "../avatars/avatar.ts";
import type { Training } from "../trainings/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { CopiedModel } from "../models/copy-model.ts";
import { dedupeKey, hastenMessage, sendNow, tellOwner } from "./tell-owner.ts";

/**
 * Tells the owner about an attempt to copy the model. The ready message that waits for the copy is sent now; if it was
 * sent before and copying is given up, another message follows.
 */
export function tellAboutCopy(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids">,
  { id: trainingId, avatarId }: Training,
  { missing, givenUp }: CopiedModel,
): ResultAsync<void, SaveError> {
  return safeTry(async function* () {
    if (!givenUp.some(({ file }) => file === "weights"))
      return missing.length === 0 ? hastenMessage(tx, ports, trainingId, "training-ready") : okAsync(undefined);

    const ready = yield* tx.outbox.findByDedupeKey(dedupeKey(trainingId, "training-ready"));
    // Also when it is due: its sender reads the row before or after this write, and one of the two gets a conflict.
    if (ready?.state.status === "pending") return sendNow(tx, ports, ready);
    if (ready?.state.status !== "sending" && ready?.state.status !== "sent") return ok(undefined);
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar || servingIn(avatar.state) !== trainingId) return ok(undefined);
    const content = { template: "model-unsaved" } as const;
    return tellOwner(tx, ports, { avatar, trainingId, content, dueAt: ports.clock.now() });
  });
}

/** The training whose model the avatar uses now. */
function servingIn(state: AvatarState): string | undefined {
  if (state.status === "ready") return state.trainingId;
  return state.status === "training" ? state.servingTrainingId : undefined;
}
