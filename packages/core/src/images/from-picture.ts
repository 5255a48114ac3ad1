import { err, errAsync, ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import { pictureLimits } from "../ports/picture-inspector.ts";
import { isImageOrder, type PicturePlan } from "./image-order.ts";
import { orderSet, type OrderSetError, type OrderSetPorts } from "./order-set.ts";
import { ownPicture, type PictureCommand, type PictureNotFound } from "./own-picture.ts";
import { enlargement } from "./picture-price.ts";
import type { PictureSet } from "./picture-set.ts";
import type { Picture } from "./picture.ts";
import type { Recipes } from "./recipe.ts";

export interface FromPicture extends PictureCommand {
  /** The same key is the same set, however often the command is repeated. */
  readonly idempotencyKey?: string | undefined;
}

/** The enlarged picture would have more pixels than can be stored. */
export interface PictureTooLarge {
  readonly type: "picture-too-large";
  /** In pixels, of the enlarged picture. */
  readonly pixels: number;
  readonly maximum: number;
}

export type FromPictureError = PictureNotFound | OrderSetError;

/**
 * Orders a picture from the same input with another seed. For an enlarged picture, that is the one it was made from. If the
 * picture that it was made from is removed, it is drawn from its prompt alone.
 */
export const again = (ports: OrderSetPorts, command: FromPicture): ResultAsync<PictureSet, FromPictureError> =>
  safeTry(async function* () {
    const { actor } = command;
    const picture = yield* ownPicture(ports.store, command);
    const { from, parentId } = picture.plan;
    if (parentId === undefined) {
      const plan = from === "first-look" ? ({ ...picture.plan, from: "scene" } as const) : picture.plan;
      return orderFrom(ports, command, picture, { recipe: "image", plan });
    }
    const source = await ownPicture(ports.store, { actor, pictureId: parentId });
    if (source.isErr())
      return source.error.type === "picture-not-found"
        ? orderFrom(ports, command, picture, fromPrompt(picture))
        : err(source.error);
    if (from === "upscale") return again(ports, { ...command, pictureId: parentId });
    return orderFrom(ports, command, picture, { recipe: "variation", plan: picture.plan, source: source.value });
  });

/** Orders a picture like another one. */
export const variation = (ports: OrderSetPorts, command: FromPicture): ResultAsync<PictureSet, FromPictureError> =>
  ownPicture(ports.store, command).andThen((picture) => {
    const plan = { ...picture.plan, from: "variation", parentId: picture.id } as const;
    return orderFrom(ports, command, picture, { recipe: "variation", plan, source: picture });
  });

export type UpscaleError = FromPictureError | PictureTooLarge;

/** Orders a picture enlarged: twice as wide and twice as high. */
export const upscale = (ports: OrderSetPorts, command: FromPicture): ResultAsync<PictureSet, UpscaleError> =>
  ownPicture(ports.store, command)
    .andThen((picture) => checkSize(picture))
    .andThen((picture) => {
      const plan = { ...picture.plan, from: "upscale", parentId: picture.id } as const;
      return orderFrom(ports, command, picture, { recipe: "upscale", plan, source: picture });
    });

function checkSize(picture: Picture): Result<Picture, PictureTooLarge> {
  const pixels = picture.width * picture.height * enlargement ** 2;
  return pixels <= pictureLimits.pixels
    ? ok(picture)
    : err({ type: "picture-too-large", pixels, maximum: pictureLimits.pixels });
}

interface Wanted {
  readonly recipe: keyof Recipes;
  readonly plan: PicturePlan;
  readonly source?: Picture;
}

function fromPrompt({ plan: { parentId: _parent, ...plan } }: Picture): Wanted {
  return { recipe: "image", plan: { ...plan, from: plan.words === undefined ? "scene" : "words" } };
}

/** The prompt is the one of the picture, so the host's hooks are not asked again. */
function orderFrom(
  ports: OrderSetPorts,
  { actor, idempotencyKey }: FromPicture,
  { id: pictureId, avatarId }: Picture,
  { recipe, plan: { seed: _former, ...plan }, source }: Wanted,
): ResultAsync<PictureSet, FromPictureError> {
  return ports.store.orders.find(pictureId).andThen((order): ResultAsync<PictureSet, FromPictureError> => {
    if (!isImageOrder(order)) return errAsync({ type: "picture-not-found", pictureId });
    const promptFor = () => okAsync(order.snapshot.prompt);
    return orderSet<never>(ports, { actor, avatarId, recipe, count: 1, plan, source, promptFor, idempotencyKey });
  });
}
