import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { dedupeKey, sendNow, tellOwner } from "../messages/tell-owner.ts";
import type { NotificationContent } from "../messages/notification.ts";
import type { Ports } from "../ports/ports.ts";
import type { SaveError } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { ImageOrder } from "./image-order.ts";
import { endOf, isDone, readSet, type PictureSet } from "./picture-set.ts";

/**
 * Tells the owner about a set once its last picture has ended. Safe to repeat: a set is told once, and a picture that
 * comes later is only kept.
 */
export function tellSet(
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids" | "credits">,
  { id, setId = id, snapshot }: ImageOrder,
): ResultAsync<void, SaveError> {
  return safeTry(async function* () {
    const set = yield* readSet(tx, setId);
    if (!set || !isDone(set) || isCancelled(set)) return ok(undefined);
    return snapshot.plan.from === "first-look"
      ? tellFirstLook(tx, ports, set, snapshot.trainingId)
      : tell(tx, ports, set, {
          template: "images-done",
          ...endOf(set),
          ...(ports.credits.quote && { priced: true }),
        });
  });
}

/** There is nothing that its owner does not know: they have cancelled or removed all of it. */
const isCancelled = ({ places }: PictureSet): boolean =>
  places.every(({ order, status }) => order.state.status === "cancelled" || status === "removed");

/**
 * The first look comes with the message that the avatar is ready, if that has not been sent yet. Otherwise it gets a
 * message of its own, and none where no picture can be shown.
 */
const tellFirstLook = (
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids">,
  set: PictureSet,
  trainingId: string,
): ResultAsync<void, SaveError> =>
  safeTry(async function* () {
    const ready = yield* tx.outbox.findByDedupeKey(dedupeKey(trainingId, "training-ready"));
    if (ready?.state.status === "pending") return sendNow(tx, ports, ready);
    if (ready?.content.template === "training-ready" && ready.content.pictureIds) return ok(undefined);
    const { pictureIds } = endOf(set);
    return pictureIds.length > 0 ? tell(tx, ports, set, { template: "first-look", pictureIds }) : okAsync(undefined);
  });

const tell = (
  tx: Repositories,
  ports: Pick<Ports, "clock" | "ids">,
  { id: orderId, avatarId }: PictureSet,
  content: NotificationContent,
): ResultAsync<void, SaveError> =>
  tx.avatars
    .find(avatarId)
    .andThen((avatar) =>
      avatar ? tellOwner(tx, ports, { avatar, orderId, content, dueAt: ports.clock.now() }) : okAsync(undefined),
    );
