import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import type { EndPorts } from "../orders/order-kind.ts";
import { requested, storeOrders, type PlacedTogether } from "../orders/place-order.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Model } from "../trainings/model.ts";
import { imageKindName } from "./image-order.ts";
import { imageSnapshot } from "./image-snapshot.ts";
import { isDone, readSet, type PictureSet } from "./picture-set.ts";
import { writePrompt } from "./prompt.ts";
import type { Scene } from "./scene.ts";
import { firstLookScenes } from "./scenes.ts";
import { weightsUrl } from "./weights-link.ts";

/** The same for every avatar, so that two of them can be compared. */
const firstSeed = 20_260;

interface NewModel {
  /** Name of the provider that trained it. */
  readonly provider: string;
  readonly trainingId: string;
  readonly trigger: string;
  readonly model: Model;
}

/** Orders the first pictures of an avatar, in the transaction that ends its training. Nothing is reserved for them. */
export function orderFirstLook(
  tx: Repositories,
  ports: EndPorts,
  avatar: Avatar,
  { provider, trainingId, trigger, model }: NewModel,
): ResultAsync<void, SaveError> {
  const { images } = ports;
  if (!images?.firstLook) return okAsync(undefined);
  const { recipes, scenes } = images;
  return safeTry(async function* () {
    if (yield* tx.orders.findByIdempotencyKey(keyOf(trainingId, 1))) return ok(undefined);
    const chosen = firstScenes(scenes);
    const orders = chosen.map((_, index) => ({
      orderId: ports.ids.next(),
      idempotencyKey: keyOf(trainingId, index + 1),
    }));
    const [first, ...others] = orders;
    if (!first) return ok(undefined);
    const snapshots = chosen.map(({ key: scene, ratio, prompt: template }, index) =>
      imageSnapshot(recipes.image, {
        plan: { from: "first-look", scene, ratio, seed: firstSeed + index, resemblance: "normal" },
        place: index + 1,
        charged: false,
        trainingId,
        weightsUrl: weightsUrl(model),
        prompt: writePrompt({ avatar, trigger, template }),
      }),
    );
    const set: PlacedTogether = { kind: imageKindName, setId: first.orderId, orders: [first, ...others] };
    yield* storeOrders(tx, requested(ports, { ...set, provider }, avatar, snapshots));
    return ok(undefined);
  });
}

const keyOf = (trainingId: string, place: number): string => `${trainingId}:first-look:${place}`;

const firstLook: readonly string[] = firstLookScenes;

/** Four scenes that show different sides of a face, or the host's first ones where it has none of these. */
function firstScenes(scenes: readonly Scene[]): readonly Scene[] {
  const usual = scenes.filter(({ key }) => firstLook.includes(key));
  return usual.length > 0 ? usual : scenes.slice(0, firstLook.length);
}

/** The first look of a training; `undefined` when none was ordered. */
export const firstLookOf = (
  { orders, pictures }: Pick<Repositories, "orders" | "pictures">,
  trainingId: string,
): ResultAsync<PictureSet | undefined, StorageFailure> =>
  orders
    .findByIdempotencyKey(keyOf(trainingId, 1))
    .andThen((first) => (first ? readSet({ orders, pictures }, first.setId ?? first.id) : okAsync(undefined)));

/** Whether the first look of a training was ordered and some picture of it is still being made. */
export const isFirstLookAwaited = (
  repositories: Pick<Repositories, "orders" | "pictures">,
  trainingId: string,
): ResultAsync<boolean, StorageFailure> =>
  firstLookOf(repositories, trainingId).map((set) => set !== undefined && !isDone(set));
