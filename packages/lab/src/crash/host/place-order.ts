import { randomBytes } from "node:crypto";
import { orThrow, systemClock, type Avatar, type PictureSet, type Training } from "@likeness/core";
import { kinds, type OrderKindName } from "../kinds.ts";
import { belongings } from "../people/belongings.ts";
import type { OpenHost } from "./open-host.ts";
import type { Act, Order, PictureSource, Placing } from "./protocol.ts";

type Chatless = Pick<OpenHost, "likeness" | "store" | "readyAvatar" | "readyPicture">;

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

/** Orders a training, as a press on the button does. Repeated with the same key, it is the same training. */
export async function orderTraining(
  host: Pick<Chatless, "likeness" | "store">,
  { owner, key }: Placing,
): Promise<Training> {
  const { id: avatarId } = await draft(host, owner);
  return orThrow(host.likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: key }));
}

type Draw = (host: Chatless, wanted: { owner: string; avatarId: string; key: string }) => Promise<PictureSet>;

const fromScene: Draw = ({ likeness }, { owner: actor, avatarId, key: idempotencyKey }) =>
  orThrow(likeness.images.generate({ actor, avatarId, scene: "cafe", count: kinds.image.orders, idempotencyKey }));

/** From the newest picture; from a scene while there is none. */
const fromPicture =
  (command: "again" | "variation"): Draw =>
  async (host, wanted) => {
    const { owner: actor, avatarId, key: idempotencyKey } = wanted;
    const [newest] = await orThrow(host.likeness.images.list({ actor, avatarId, limit: 1 }));
    return newest
      ? orThrow(host.likeness.images[command]({ actor, pictureId: newest.id, idempotencyKey }))
      : fromScene(host, wanted);
  };

const draws = {
  scene: fromScene,
  again: fromPicture("again"),
  variation: fromPicture("variation"),
} as const satisfies Record<PictureSource, Draw>;

/** Orders pictures of an avatar that is ready; such an avatar is seeded for an owner who has none. */
export async function orderPictures(host: Chatless, { owner, key, from = "scene" }: Placing): Promise<PictureSet> {
  const { id: avatarId } = await host.readyAvatar(owner);
  return draws[from](host, { owner, avatarId, key });
}

/** Pictures made from one that is seeded for an owner who has none. */
const orderFrom =
  (command: "variation" | "upscale") =>
  async ({ likeness, readyPicture }: Chatless, { owner: actor, key: idempotencyKey }: Placing): Promise<PictureSet> => {
    const { id: pictureId } = await readyPicture(actor);
    return orThrow(likeness.images[command]({ actor, pictureId, idempotencyKey }));
  };

const orderOne = async ({ likeness, readyAvatar }: Chatless, { owner: actor, key: idempotencyKey }: Placing) => {
  const { id: avatarId } = await readyAvatar(actor);
  return orThrow(likeness.images.generate({ actor, avatarId, scene: "cafe", idempotencyKey }));
};

const byKind = {
  training: orderTraining,
  image: orderPictures,
  variation: orderFrom("variation"),
  upscale: orderFrom("upscale"),
  "first-look": orderTraining,
  "gone-link": orderOne,
  refund: async ({ purchases }: OpenHost, { key: chargeId }: Placing) =>
    orThrow(purchases.orderRefund({ chargeId, at: systemClock.now() })),
  belongings,
  erase: async ({ likeness, probe }: OpenHost, { owner: actor, key: id }: Placing) => {
    probe("before act erase");
    return orThrow(likeness.owners.erase({ actor, id }));
  },
} as const satisfies Record<OrderKindName | Act, (host: OpenHost, placing: Placing) => Promise<unknown>>;

/** Places an order of any kind, or does something else for a person. */
export const placeOrder = async (host: OpenHost, { kind, ...placing }: Order): Promise<void> =>
  void (await byKind[kind](host, placing));
