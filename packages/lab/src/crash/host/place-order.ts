import { randomBytes } from "node:crypto";
import { orThrow, type Avatar, type Order as StoredOrder, type Training } from "@likeness/core";
import { placeOrder as place } from "@likeness/core/use-cases";
import { okAsync } from "neverthrow";
import type { KindName } from "../kinds.ts";
import type { OpenHost } from "./open-host.ts";
import { pictureKind, pictureSnapshot } from "./picture-kind.ts";
import type { Order } from "./protocol.ts";

type Chatless = Pick<OpenHost, "likeness" | "store" | "placing">;

/** The only avatar of an owner, with at least one photo; created if it is missing. */
export async function draft({ likeness, store }: Pick<Chatless, "likeness" | "store">, owner: string): Promise<Avatar> {
  const [known] = await orThrow(store.avatars.listByOwner(owner));
  const avatar =
    known ??
    (await orThrow(likeness.avatars.create({ actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" })));
  if (avatar.photosTaken === 0) {
    const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), randomBytes(1_000)]);
    await orThrow(likeness.photos.add({ actor: owner, avatarId: avatar.id, bytes: jpeg }));
  }
  return avatar;
}

type Placing = Omit<Order, "kind">;

/** Orders a training, as a press on the button does. Repeated with the same key, it is the same training. */
export async function orderTraining(host: Chatless, { owner, key }: Placing): Promise<Training> {
  const { id: avatarId } = await draft(host, owner);
  return orThrow(host.likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: key }));
}

/** The same for pictures of the avatar. */
async function orderPictures(host: Chatless, { owner, key }: Placing): Promise<StoredOrder> {
  const { placing } = host;
  const { id: avatarId } = await draft(host, owner);
  const idempotencyKey = `${avatarId}:${pictureKind.name}:${key}`;
  const command = { actor: owner, avatarId, kind: pictureKind.name, orderId: placing.ids.next(), idempotencyKey };
  const snapshot = pictureSnapshot(idempotencyKey);
  return orThrow(place(placing, command, (_, avatar) => okAsync({ avatar, snapshot })));
}

const byKind = {
  training: orderTraining,
  picture: orderPictures,
} as const satisfies Record<KindName, (host: Chatless, placing: Placing) => Promise<StoredOrder>>;

/** Places an order of any kind. */
export const placeOrder = (host: Chatless, { kind, ...placing }: Order): Promise<StoredOrder> =>
  byKind[kind](host, placing);
