import type { Order, OrderSnapshot, Ports } from "@likeness/core";
import { cancelOrder, placeOrder } from "@likeness/core/use-cases";
import { err, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { fixtureIds } from "../fixtures/fixture-ids.ts";
import { aTraining } from "../fixtures/training.ts";
import { pictureKind } from "./picture-kind.ts";
import { owner } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** Nothing is prepared, pictures come out, and nothing else changes. */
export const pictures: TestedKind = {
  name: pictureKind.name,
  photos: 0,
  preparations: 0,
  deadlineSeconds: 450,
  mainFile: pictureKind.mainFile,
  otherFile: "second",
  outcome: () => ({ first: aPicture(), second: aPicture() }),
  told: { unconfirmed: [], succeeded: () => [], failed: () => [], unsaved: [] },
  avatar: {
    succeeded: () => ({ status: "draft" }),
    failed: () => ({ status: "draft" }),
    cancelled: { status: "draft" },
    becomesMain: false,
  },
  place: ({ ports }, { avatarId, key }) => {
    const orderId = ports.ids.next();
    const idempotencyKey = `${avatarId}:picture:${key ?? orderId}`;
    const command = { actor: owner, avatarId, kind: pictureKind.name, orderId, idempotencyKey };
    return placeOrder(ports, command, (_, avatar) => okAsync({ avatar, snapshot: aPictureSnapshot() }));
  },
  cancel: ({ ports }, order) => cancel(ports, order),
  nothingToCancel: ({ state: { status: from } }) => ({
    type: "illegal-transition",
    entity: "order",
    from,
    transition: "cancel",
  }),
  prepared: () => ({ input: {} }),
  stored: (status, overrides) => ({
    ...aTraining(status, overrides),
    kind: pictureKind.name,
    snapshot: aPictureSnapshot(),
  }),
};

/** The seed makes the input of an order differ from all others. */
const aPictureSnapshot = (): OrderSnapshot => ({
  endpoint: "example/pictures",
  input: { prompt: "a person", seed: fixtureIds.next() },
});

const aPicture = () => ({ url: `https://files.example/${fixtureIds.next()}.jpg`, contentType: "image/jpeg" });

/** Reads the order and cancels it, again when its status has changed meanwhile. */
const cancel = (
  ports: Ports,
  { id: orderId }: Order,
): ResultAsync<"cancelled" | "too-late", { readonly type: string }> =>
  safeTry(async function* () {
    const order = yield* ports.store.orders.find(orderId);
    if (!order) return err({ type: "order-not-found", orderId } as const);
    const done = yield* cancelOrder(ports, order);
    return done ? ok(done) : cancel(ports, order);
  });
