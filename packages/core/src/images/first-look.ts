import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { checkPaidWork } from "../guards/check-placing.ts";
import { priceOf, spend } from "../guards/spending.ts";
import type { EndPorts } from "../orders/order-kind.ts";
import { requireConsent } from "../owners/valid-consent.ts";
import { requested, storeOrders, type PlacedTogether } from "../orders/place-order.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { Model } from "../trainings/model.ts";
import { imageKindName } from "./image-order.ts";
import { recipesOf } from "./image-ports.ts";
import { imageSnapshot } from "./image-snapshot.ts";
import { picturePrice } from "./picture-price.ts";
import { isDone, readSet, type PictureSet } from "./picture-set.ts";
import { writePrompt } from "./prompt.ts";
import { sizes } from "./ratios.ts";
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

/**
 * Orders the first pictures of an avatar, in the transaction that ends its training; returns whether there are any. Nothing
 * is reserved for them, and the limits of their owner do not count them. They are left out where nothing new is ordered.
 */
export function orderFirstLook(
  tx: Repositories,
  ports: EndPorts,
  avatar: Avatar,
  { provider, trainingId, trigger, model }: NewModel,
): ResultAsync<boolean, SaveError> {
  const { images } = ports;
  if (!images?.firstLook) return okAsync(false);
  const { scenes } = images;
  const recipes = recipesOf(images, provider);
  if (!recipes) return okAsync(false);
  return safeTry(async function* () {
    if (yield* tx.orders.findByIdempotencyKey(keyOf(trainingId, 1))) return ok(true);
    if (!(yield* hasConsent(tx, ports, avatar.ownerId))) return ok(false);
    const chosen = firstScenes(scenes);
    const orders = chosen.map((_, index) => ({
      orderId: ports.ids.next(),
      idempotencyKey: keyOf(trainingId, index + 1),
    }));
    const [first, ...others] = orders;
    if (!first) return ok(false);
    const dollars = chosen.reduce((sum, { ratio }) => sum + picturePrice(recipes.image, sizes[ratio]), 0);
    if (!(yield* mayOrder(tx, ports, avatar, priceOf(dollars, chosen.length)))) return ok(false);
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
    const set: PlacedTogether = {
      kind: imageKindName,
      setId: first.orderId,
      uncounted: true,
      orders: [first, ...others],
    };
    yield* storeOrders(tx, requested(ports, { ...set, provider }, avatar, snapshots));
    return ok(true);
  });
}

/** A person who has withdrawn their consent while the training ended gets no new pictures. */
const hasConsent = (tx: Repositories, ports: EndPorts, ownerId: string): ResultAsync<boolean, StorageFailure> =>
  requireConsent(tx, ports, ownerId)
    .map(() => true)
    .orElse((error) => (error.type === "consent-missing" ? ok(false) : err(error)));

/** Whether the guards of the deployment let them be ordered; if so, what they cost is counted. */
const mayOrder = (
  tx: Repositories,
  ports: EndPorts,
  { id: avatarId, ownerId }: Avatar,
  price: number,
): ResultAsync<boolean, StorageFailure> =>
  checkPaidWork(ports, tx, ownerId)
    .andThen(() => spend(ports, tx, price))
    .map(() => true)
    .orElse((error) => {
      if (error.type === "storage-failure") return err(error);
      ports.log.warn({ ownerId, avatarId, error: error.type }, "a guard has left out the first pictures of an avatar");
      return ok(false);
    });

const keyOf = (trainingId: string, place: number): string => `${trainingId}:first-look:${place}`;

const firstLook: readonly string[] = firstLookScenes;

/** Four scenes that show different sides of a face, or the host's first ones where it has none of these. */
export function firstScenes(scenes: readonly Scene[]): readonly Scene[] {
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
