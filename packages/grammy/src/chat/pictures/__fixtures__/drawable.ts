import { isImageOrder, requestOf, type ImageOrder, type OutcomeFile, type PictureSet } from "@likeness/core";
import { aModel, aPictureFile, pictureBytes, valueOf } from "@likeness/testing";
import { botStage, type BotStage, type StageOptions } from "../../__fixtures__/bot-stage.ts";
import { actorOf } from "../../actor.ts";

/** A stage with an avatar that can be drawn, in the chat of someone who knows the bot. */
export interface Drawable {
  readonly stage: BotStage;
  readonly actor: string;
  readonly avatarId: string;
  /** The newest set that was ordered, as it is now. */
  set(): Promise<PictureSet>;
  /** The orders of that set, once the provider has all of them. */
  accepted(): Promise<readonly ImageOrder[]>;
  /** The provider has made a picture. */
  make(order: ImageOrder, sent?: Partial<OutcomeFile>, bytes?: Uint8Array | (() => ReadableStream<Uint8Array>)): void;
  /** The provider has failed at it. */
  fail(order: ImageOrder, reason?: "content_blocked"): void;
  /** The next press of a scene is drawn to the end. */
  draws(count?: 1 | 4): Promise<void>;
}

/** Trains an avatar behind the chat. */
export async function train({ likeness, provider, pass, ...stage }: BotStage, avatarId: string): Promise<void> {
  await valueOf(likeness.trainings.start({ actor: actorOf(stage.ada.id), avatarId }));
  await pass(2);
  provider.report(stage.request().requestId, { type: "succeeded", outcome: aModel() });
  await pass(30);
}

export async function drawable(options: StageOptions = {}): Promise<Drawable> {
  const stage = await botStage({ notifies: true, ...options });
  await stage.says("/start");
  await stage.says("/cancel");
  const avatarId = await stage.draft();
  await train(stage, avatarId);
  return { stage, avatarId, ...drawing(stage) };
}

/** What is drawn on a stage. */
export function drawing(stage: BotStage): Omit<Drawable, "stage" | "avatarId"> {
  const actor = actorOf(stage.ada.id);
  const { store } = stage.storage;
  const set: Drawable["set"] = async () => {
    const orders = (await stage.overviews()).map(({ avatar }) => valueOf(store.orders.listByAvatar(avatar.id)));
    const [newest] = (await Promise.all(orders))
      .flat()
      .filter(isImageOrder)
      .toSorted((one, other) => (one.id < other.id ? 1 : -1));
    if (!newest) throw new Error("nothing was drawn yet");
    return valueOf(stage.likeness.images.set({ actor, setId: newest.setId ?? newest.id }));
  };
  const requestIdOf = (order: ImageOrder): string => {
    const request = requestOf(order);
    if (!request) throw new Error(`the provider does not have ${order.id}`);
    return request.requestId;
  };
  const accepted: Drawable["accepted"] = async () => {
    await stage.pass(2);
    return (await set()).places.map(({ order }) => order);
  };
  const make: Drawable["make"] = (order, sent = {}, bytes = pictureBytes()) => {
    const picture = aPictureFile({ width: undefined, height: undefined, ...sent });
    stage.outcomes.serve(picture.url, bytes);
    stage.provider.report(requestIdOf(order), { type: "succeeded", outcome: { picture } });
  };
  return {
    actor,
    set,
    accepted,
    make,
    fail: (order, reason) =>
      stage.provider.report(requestIdOf(order), { type: "failed", detail: "on purpose", ...(reason && { reason }) }),
    draws: async (count = 1) => {
      const { places } = await valueOf(stage.likeness.images.generate({ actor, scene: "cafe", count }));
      await stage.pass(2);
      for (const { order } of (await valueOf(stage.likeness.images.set({ actor, setId: places[0].order.id }))).places)
        make(order);
      await stage.pass(8);
    },
  };
}
