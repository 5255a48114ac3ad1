import { contentCheck, requestOf, type Order, type OrderKind, type OrderStatus } from "@likeness/core";
import { placeOrder } from "@likeness/core/use-cases";
import { okAsync } from "neverthrow";
import { valueOf } from "../results/value-of.ts";
import { owner, stage, type CreateStorage, type Stage, type StageOverrides } from "./stage.ts";

/**
 * A kind of order that only tests have: nothing is prepared for it, an avatar may have several under way, pictures come
 * out of it, and its end changes nothing else.
 */
const pictureKind: OrderKind = {
  name: "picture",
  mainFile: "picture",
  messages: {},
  deadlineSeconds: ({ trainingDeadlineSeconds }) => trainingDeadlineSeconds / 2,
  checks: () => [contentCheck()],
  end: () => okAsync(undefined),
  isInUse: () => okAsync(false),
};

/** What a finished order of a picture yields. */
export const aPicture = (name = "picture") => ({ picture: { url: `https://files.example/${name}.jpg` } });

/** A stage where pictures can be ordered beside trainings. */
export interface PictureStage extends Stage {
  /** An avatar whose pictures are ordered. */
  readonly avatarId: string;
  /** Orders a picture; the seed makes its input differ from all others. */
  place(seed: number, key?: string): ReturnType<typeof placeOrder>;
  order(id: string): Promise<Order>;
  until(id: string, status: OrderStatus): Promise<Order>;
  /** An order that the provider has, and its request id there. */
  accepted(seed: number): Promise<{ readonly order: Order; readonly requestId: string }>;
}

export async function pictureStage(create: CreateStorage, overrides: StageOverrides = {}): Promise<PictureStage> {
  const scene = await stage(create, { ...overrides, kinds: { [pictureKind.name]: pictureKind } });
  const { ports, store, time } = scene;
  const { id: avatarId } = await scene.draft();

  const place: PictureStage["place"] = (seed, key = String(seed)) => {
    const command = { actor: owner, avatarId, kind: pictureKind.name };
    const unique = { orderId: ports.ids.next(), idempotencyKey: `${avatarId}:picture:${key}` };
    return placeOrder(ports, { ...command, ...unique }, (_, avatar) =>
      okAsync({ avatar, snapshot: { endpoint: "example/pictures", input: { prompt: "a person", seed } } }),
    );
  };
  const order: PictureStage["order"] = async (id) => {
    const found = await valueOf(store.orders.find(id));
    if (!found) throw new Error(`there is no order ${id}`);
    return found;
  };
  const until: PictureStage["until"] = async (id, status) => {
    await time.until(`the order is ${status}`, async () => (await order(id)).state.status === status);
    return order(id);
  };
  return {
    ...scene,
    avatarId,
    place,
    order,
    until,
    accepted: async (seed) => {
      const { id } = await valueOf(place(seed));
      const accepted = await until(id, "submitted");
      return { order: accepted, requestId: requestOf(accepted)?.requestId ?? "" };
    },
  };
}
