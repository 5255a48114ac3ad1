import { randomBytes } from "node:crypto";
import { orThrow, type Avatar, type Training } from "@likeness/core";
import type { OpenHost } from "./open-host.ts";
import type { Order } from "./protocol.ts";

type Chatless = Pick<OpenHost, "likeness" | "store">;

/** The only avatar of an owner, with at least one photo; created if it is missing. */
export async function draft({ likeness, store }: Chatless, owner: string): Promise<Avatar> {
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
export async function placeOrder(host: Chatless, { owner, key }: Order): Promise<Training> {
  const { id: avatarId } = await draft(host, owner);
  return orThrow(host.likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: key }));
}
