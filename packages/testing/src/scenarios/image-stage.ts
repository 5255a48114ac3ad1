import {
  isImageOrder,
  requestOf,
  type GenerateImages,
  type ImageOrder,
  type ImagePorts,
  type NotificationContent,
  type OutcomeFile,
  type Picture,
  type PictureSet,
  type PictureStatus,
} from "@likeness/core";
import { pictureBytes } from "../fixtures/picture-bytes.ts";
import { aPictureFile } from "../fixtures/image-order.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, owner, type CreateStorage, type Stage, type StageOverrides } from "./stage.ts";

/** What a provider sends for a picture. */
type Sent = Partial<OutcomeFile> & { readonly bytesThere?: Uint8Array | (() => ReadableStream<Uint8Array>) };

/** A stage with an avatar that is ready to make pictures. */
export interface ImageStage extends Stage {
  readonly avatarId: string;
  readonly trainingId: string;
  /** Orders pictures, and waits until the provider has all of them. */
  accepted(command?: Partial<GenerateImages>): Promise<readonly ImageOrder[]>;
  /** The provider has made the picture of an order. */
  make(order: ImageOrder, sent?: Sent): void;
  /** The provider has failed at it. */
  fail(order: ImageOrder, reason?: "content_blocked" | "input_gone"): void;
  image(orderId: string): Promise<ImageOrder>;
  set(setId: string): Promise<PictureSet>;
  /** Waits until nothing is left to do for all orders of a set. */
  untilFinished(setId: string): Promise<PictureSet>;
  /** A picture that its owner has. */
  picture(command?: Partial<GenerateImages>): Promise<Picture>;
}

export interface ImageStageOverrides extends Omit<StageOverrides, "images"> {
  readonly images?: Partial<ImagePorts>;
}

export async function openImageStage(
  create: CreateStorage,
  { images, ...overrides }: ImageStageOverrides = {},
): Promise<ImageStage> {
  const stage = await openStage(create, { ...overrides, ...(images && { changeImages: images }) });
  const { likeness, store, provider, outcomes, time } = stage;
  const { training, request: ordered } = await stage.submitted();
  provider.report(ordered.requestId, { type: "succeeded", outcome: aModel() });
  await stage.untilStatus(training.id, "succeeded");
  await time.until("the model is copied", async () => (await stage.training(training.id)).nextCheckAt === undefined);

  const image: ImageStage["image"] = async (id) => {
    const found = await valueOf(store.orders.find(id));
    if (!isImageOrder(found)) throw new Error(`there is no image order ${id}`);
    return found;
  };
  const requestIdOf = (order: ImageOrder): string => {
    const request = requestOf(order);
    if (!request) throw new Error(`the order ${order.id} has no request`);
    return request.requestId;
  };
  const make: ImageStage["make"] = (order, { bytesThere, ...sent } = {}) => {
    const picture = aPictureFile({ width: undefined, height: undefined, ...sent });
    outcomes.serve(picture.url, bytesThere ?? pictureBytes());
    provider.report(requestIdOf(order), { type: "succeeded", outcome: { picture } });
  };
  const accepted: ImageStage["accepted"] = async (command) => {
    const drawn = command?.words === undefined ? { scene: "cafe" } : {};
    const wanted = { actor: owner, avatarId: training.avatarId, ...drawn, ...command } as GenerateImages;
    const { places } = await valueOf(likeness.images.generate(wanted));
    const orders: ImageOrder[] = [];
    for (const { order } of places) {
      await time.until("it is accepted", async () => (await image(order.id)).state.status === "submitted");
      orders.push(await image(order.id));
    }
    return orders;
  };
  const set: ImageStage["set"] = (setId) => valueOf(likeness.images.set({ actor: owner, setId }));
  const untilFinished: ImageStage["untilFinished"] = async (setId) => {
    await time.until("nothing is left to do", async () =>
      (await set(setId)).places.every(({ order }) => order.nextCheckAt === undefined),
    );
    return set(setId);
  };

  return {
    ...stage,
    avatarId: training.avatarId,
    trainingId: training.id,
    accepted,
    make,
    fail: (order, reason) =>
      provider.report(requestIdOf(order), { type: "failed", detail: "on purpose", ...(reason && { reason }) }),
    image,
    set,
    untilFinished,
    picture: async (command) => {
      const [order] = await accepted(command);
      if (!order) throw new Error("no picture was ordered");
      make(order);
      const [place] = (await untilFinished(order.id)).places;
      if (!place.picture) throw new Error(`the picture is ${place.status}`);
      return place.picture;
    },
  };
}

export const statusesOf = ({ places }: PictureSet): PictureStatus[] => places.map(({ status }) => status);

/** What owners were told about sets of pictures, in order. */
export const toldOf = ({ notifier }: Pick<Stage, "notifier">): NotificationContent[] =>
  notifier.attempts.map(({ content }) => content).filter(({ template }) => template === "images-done");
