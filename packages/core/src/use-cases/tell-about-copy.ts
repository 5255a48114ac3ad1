import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarState } from "../domain/avatar.ts";
import type { Training } from "../domain/training.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { CopiedModel } from "./copy-model.ts";
import { dedupeKey, hastenMessage, sendNow, tellOwner } from "./tell-owner.ts";

/**
 * What a try to copy a model means for its owner. A message that still waits says by itself how it is then; one that was
 * sent did not promise a copy, and is followed by another one when there will be none.
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
    // Also one that is due: its sender looks before or after this, and this write says which.
    if (ready?.state.status === "pending") return sendNow(tx, ports, ready);
    if (ready?.state.status !== "sending" && ready?.state.status !== "sent") return ok(undefined);
    const avatar = yield* tx.avatars.find(avatarId);
    if (!avatar || servingIn(avatar.state) !== trainingId) return ok(undefined);
    const content = { template: "model-unsaved" } as const;
    return tellOwner(tx, ports, { avatar, trainingId, content, dueAt: ports.clock.now() });
  });
}

/** The training whose model serves now. */
function servingIn(state: AvatarState): string | undefined {
  if (state.status === "ready") return state.trainingId;
  return state.status === "training" ? state.servingTrainingId : undefined;
}
