import { ok, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import { discardJob, wipeJob } from "../jobs/jobs.ts";
import { atomically } from "../ports/atomically.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { cancelErased, eraseTraces } from "../orders/erase-at-provider.ts";
import { forgetAvatar } from "./forget-avatar.ts";
import { holdOwnAvatar, ownAvatar, type AvatarCommand } from "./own-avatar.ts";
import { chooseMain } from "./set-main-avatar.ts";

export type EraseAvatarError = AvatarNotFound | StorageFailure;

/**
 * Erases an avatar with its photos, orders, models and deliveries, both rows and bytes. An order under way is
 * cancelled at the provider if possible, and the provider is asked to erase its data; what it reports later finds no
 * row and changes nothing. If the avatar was the owner's main one, another one that has a model becomes the main one.
 */
export function eraseAvatar(
  ports: Pick<BoundPorts, "store" | "provider" | "clock" | "policy" | "kinds" | "log">,
  command: AvatarCommand,
): ResultAsync<void, EraseAvatarError> {
  const { store } = ports;
  const { avatarId } = command;
  return safeTry(async function* () {
    yield* ownAvatar(store, command);
    for (const order of yield* store.orders.listByAvatar(avatarId))
      if (order.state.status === "submitted") yield* cancelErased(ports, order);
    return atomically(store, (tx) =>
      safeTry(async function* () {
        const avatar = yield* holdOwnAvatar(tx, command);
        const { orders, blobKeys } = yield* forgetAvatar(tx, ports, avatar);
        yield* chooseMain(tx, command.actor);
        yield* tx.jobs.enqueue(discardJob(avatarId, [...blobKeys]));
        yield* tx.jobs.enqueue(wipeJob(ports, avatarId));
        yield* eraseTraces(tx, ports, orders);
        return ok(undefined);
      }),
    );
  });
}
