import { err, ok, safeTry, type ResultAsync } from "neverthrow";
import type { Avatar } from "../avatars/avatar.ts";
import { placeOrders, type PlaceOrderError, type PlaceOrders, type PlacePorts } from "../orders/place-order.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { imageSnapshot, seedOf } from "./image-snapshot.ts";
import type { ImageOrder, PicturePlan } from "./image-order.ts";
import { enlarged, picturePrice } from "./picture-price.ts";
import { readSet, type PictureSet } from "./picture-set.ts";
import type { Picture } from "./picture.ts";
import { sizes } from "./ratios.ts";
import { recipeFor, type ModelElsewhere } from "./recipe-for.ts";
import type { Recipes } from "./recipe.ts";
import { servingModel, type NoModel } from "./serving-model.ts";
import { weightsUrl } from "./weights-link.ts";

interface Tagged {
  readonly type: string;
}

export type OrderSetError = NoModel | ModelElsewhere | PlaceOrderError;

export type OrderSetPorts = PlacePorts & Pick<Ports, "images">;

/** Pictures that are ordered together. */
export interface WantedSet<E extends Tagged> {
  readonly actor: string;
  readonly avatarId: string;
  readonly recipe: keyof Recipes;
  readonly count: number;
  /** The seed of the first picture; each further one adds 1. Absent: another one for each picture. */
  readonly seed?: number | undefined;
  readonly plan: Omit<PicturePlan, "seed">;
  /** The prompt that is sent, by the avatar and the trigger of its model. Called twice; only the first call may be slow. */
  readonly promptFor: (avatar: Avatar, trigger: string) => ResultAsync<string, E>;
  /** The stored picture that these are made from. */
  readonly source?: Pick<Picture, "blobKey" | "bytes" | "width" | "height"> | undefined;
  readonly idempotencyKey?: string | undefined;
}

/**
 * Orders a set: one paid order per picture, all of them or none. The same key is the same set, however often it is
 * ordered, also at once.
 */
export function orderSet<E extends Tagged>(
  ports: OrderSetPorts,
  wanted: WantedSet<E>,
): ResultAsync<PictureSet, E | OrderSetError> {
  const { actor, avatarId, recipe, count } = wanted;
  const [first, ...others] = newIds(ports, count);
  const key = `${actor}:pictures:${wanted.idempotencyKey ?? first}`;
  const orderOf = (orderId: string, place: number) => ({ orderId, idempotencyKey: `${key}:${place}` });
  const command: PlaceOrders = {
    actor,
    avatarId,
    kind: recipe === "upscale" ? "upscale" : "image",
    setId: first,
    orders: [orderOf(first, 1), ...others.map((id, index) => orderOf(id, index + 2))],
  };
  return placeOrders<E | NoModel | ModelElsewhere | StorageFailure>(ports, command, (repositories, avatar) =>
    safeTry(async function* () {
      const model = yield* servingModel(repositories, avatar);
      const { recipe: made, provider } = yield* recipeFor(ports, recipe, { ...model, avatarId });
      const prompt = yield* wanted.promptFor(avatar, model.trigger);
      const snapshots = [first, ...others].map((id, index) =>
        imageSnapshot(made, {
          plan: { ...wanted.plan, seed: wanted.seed === undefined ? seedOf(id) : nextSeed(wanted.seed, index) },
          place: index + 1,
          charged: true,
          trainingId: model.trainingId,
          weightsUrl: weightsUrl(model),
          prompt,
          source: wanted.source && { blobKey: wanted.source.blobKey, bytes: wanted.source.bytes },
        }),
      );
      return ok({ avatar, snapshots, provider, dollars: count * picturePrice(made, sizeOf(wanted)) });
    }),
  ).andThen(([placed]) => setOf(ports, placed as ImageOrder));
}

/** The set of an order that has just been placed. */
const setOf = ({ store }: OrderSetPorts, { id, setId = id, avatarId }: ImageOrder) =>
  readSet(store, setId).andThen((set) =>
    // Its avatar was erased in between.
    set ? ok(set) : err({ type: "avatar-not-found", avatarId } as const),
  );

const newIds = ({ ids }: OrderSetPorts, count: number): [string, ...string[]] => [
  ids.next(),
  ...Array.from({ length: count - 1 }, () => ids.next()),
];

const nextSeed = (seed: number, index: number): number => (seed + index) % 2 ** 31;

/** The size of each picture that comes out. */
function sizeOf({ recipe, plan, source }: Pick<WantedSet<Tagged>, "recipe" | "plan" | "source">) {
  const { width, height } = source ?? sizes[plan.ratio];
  return recipe === "upscale" ? enlarged({ width, height }) : { width, height };
}
