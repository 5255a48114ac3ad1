import type { Order, Store, Training } from "@likeness/core";
import {
  aModel,
  aNotification,
  anAcceptedPhoto,
  anAvatar,
  anImageOrder,
  aPhoto,
  aPicture,
  aPictureFile,
  aTraining,
  describeStore,
  memoryStore,
  recordingLog,
  testClock,
  valueOf,
} from "@likeness/testing";
import { silentLog } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { beforeEach, describe, expect, it } from "vitest";
import { logChanges } from "./log-changes.ts";

describeStore("one that logs", async () => logChanges(memoryStore({ clock: testClock() }).store, silentLog));

describe("logChanges", () => {
  let store: Store;
  let lines: () => [message: string, fields: object][];
  beforeEach(() => {
    const log = recordingLog();
    store = logChanges(memoryStore({ clock: testClock() }).store, log);
    lines = () => log.entries.map(({ message, fields }) => [message, fields]);
  });

  it("tells how an avatar fares", async () => {
    const avatar = await valueOf(store.avatars.save(anAvatar()));
    const { id: avatarId } = avatar;
    const inTraining = { ...avatar, state: { status: "training", trainingId: "T" } } as const;
    const training = await valueOf(store.avatars.save(inTraining));
    const failed = { ...training, state: { status: "failed", trainingId: "T", reason: "rejected" } } as const;
    await valueOf(store.avatars.save(failed));
    await valueOf(store.avatars.delete(avatarId));
    expect(lines()).toStrictEqual([
      ["avatar created", { avatarId, kind: "portrait" }],
      ["avatar -> training", { avatarId, orderId: "T" }],
      ["avatar -> failed", { avatarId, orderId: "T", reason: "rejected" }],
      ["avatar erased", { avatarId }],
    ]);
  });

  it("tells what became of a photo", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const pending = await valueOf(store.photos.save(aPhoto({ avatarId, number: 4 })));
    const state = { status: "rejected", rejection: { code: "too-dark", luminance: 9, minimum: 30 } } as const;
    await valueOf(store.photos.save({ ...pending, state }));
    const accepted = await valueOf(store.photos.save(anAcceptedPhoto({ avatarId, number: 5 })));
    await valueOf(store.photos.delete(accepted.id));
    expect(lines().slice(1)).toStrictEqual([
      ["photo rejected", { photoId: pending.id, avatarId, number: 4, code: "too-dark" }],
      ["photo accepted", { photoId: accepted.id, avatarId, number: 5 }],
      ["photo removed", { photoId: accepted.id }],
    ]);
  });

  it("tells how far a training is, and by which name the provider knows it", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const requested = await valueOf(store.orders.save(aTraining("requested", { avatarId })));
    const { id, version } = requested;
    const { state } = aTraining("submitted");
    const submitted = await valueOf(store.orders.save({ ...requested, state, version }));
    const failed = { status: "failed", reason: "provider_timeout", finishedAt: requested.createdAt } as const;
    await valueOf(store.orders.save({ ...submitted, state: failed }));
    const requestId = state.status === "submitted" ? state.request.requestId : undefined;
    expect(lines().slice(1)).toStrictEqual([
      ["training -> requested", { orderId: id, avatarId }],
      ["training -> submitted", { orderId: id, avatarId, requestId }],
      ["training -> failed", { orderId: id, avatarId, reason: "provider_timeout" }],
    ]);
  });

  it("tells once how to adopt a late result", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const failed = await valueOf(store.orders.save(aTraining("failed", { avatarId })));
    const { id: orderId, state } = failed;
    const late = { ...failed, state: { ...state, lateOutcome: aModel() } } as Training;
    await valueOf(store.orders.save(await valueOf(store.orders.save(late))));
    expect(lines().slice(2)).toStrictEqual([
      ["a late result is kept", { orderId, avatarId, adopt: `npm run adopt -- ${orderId}` }],
    ]);
  });

  it("tells once how to have a model copied after all", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const { weights, config = weights } = aModel();
    const succeeded = await valueOf(store.orders.save(aTraining("succeeded", { avatarId })));
    const { id: orderId, state } = succeeded;
    const outcome = { weights, config: { ...config, givenUp: true } };
    const uncopied = { ...succeeded, state: { ...state, outcome } } as Training;
    await valueOf(store.orders.save(await valueOf(store.orders.save(uncopied))));
    expect(lines().slice(2)).toStrictEqual([
      ["an outcome is not copied", { orderId, avatarId, copy: `npm run copy -- ${orderId}` }],
    ]);
  });

  it("tells that a picture is blocked, by the provider or because it is black, and that it was copied or removed", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const succeeded = <O extends Order>(order: O, blocked?: "flagged" | "black"): O => {
      const { state } = anImageOrder("succeeded");
      return { ...order, state: { ...state, outcome: { picture: aPictureFile({ blocked }) } } };
    };
    const submitted = await valueOf(store.orders.save(anImageOrder("submitted", { avatarId })));
    await valueOf(store.orders.save(succeeded(submitted, "flagged")));
    const other = await valueOf(store.orders.save(succeeded(anImageOrder("succeeded", { avatarId }))));
    await valueOf(store.orders.save(succeeded(other, "black")));
    const picture = await valueOf(store.pictures.save(aPicture({ id: other.id, avatarId })));
    await valueOf(store.pictures.save({ ...picture, favourite: true }));
    await valueOf(store.pictures.delete(picture.id));
    const fields = { orderId: other.id, avatarId };
    expect(
      lines()
        .filter(([message]) => !message.endsWith("submitted"))
        .slice(1),
    ).toStrictEqual([
      ["image -> succeeded", expect.objectContaining({ orderId: submitted.id, blocked: "flagged" })],
      ["image -> succeeded", expect.objectContaining(fields)],
      ["picture blocked", { ...fields, blocked: "black" }],
      ["picture copied", fields],
      ["picture removed", { orderId: other.id }],
    ]);
  });

  it("tells that a message waits and that it was sent, once each", async () => {
    const { id: avatarId } = await valueOf(store.avatars.save(anAvatar()));
    const { id: orderId } = await valueOf(store.orders.save(aTraining("succeeded", { avatarId })));
    const message = aNotification({ avatarId, orderId });
    await valueOf(store.outbox.insert(message));
    await valueOf(store.outbox.insert({ ...message, id: "again" }));
    const sent = { status: "sent", sentAt: message.createdAt, messageId: "7" } as const;
    await valueOf(store.outbox.save({ ...message, version: 1, state: sent }));
    const fields = { notificationId: message.id, avatarId, orderId, template: "training-ready" };
    expect(lines().slice(2)).toStrictEqual([
      ["message -> pending", fields],
      ["message -> sent", fields],
    ]);
  });

  it("says nothing about what leaves the status as it is", async () => {
    const avatar = await valueOf(store.avatars.save(anAvatar()));
    await valueOf(store.avatars.save({ ...avatar, name: "Grace" }));
    await valueOf(store.photos.save(aPhoto({ avatarId: avatar.id })));
    expect(lines()).toHaveLength(1);
  });

  it("says nothing about a save that was refused", async () => {
    const avatar = await valueOf(store.avatars.save(anAvatar()));
    await valueOf(store.avatars.save(avatar));
    const late = await store.avatars.save({ ...avatar, state: { status: "ready", trainingId: "T" } });
    expect(late.isErr()).toBe(true);
    expect(lines()).toHaveLength(1);
  });

  it("waits for the commit", async () => {
    await valueOf(
      store.atomically((tx) =>
        tx.avatars.save(anAvatar()).andThen((saved) => {
          expect(lines()).toStrictEqual([]);
          return okAsync(saved);
        }),
      ),
    );
    expect(lines().map(([message]) => message)).toStrictEqual(["avatar created"]);
  });

  it("says nothing about what was rolled back", async () => {
    await store.atomically((tx) => tx.avatars.save(anAvatar()).andThen(() => errAsync({ type: "no" } as const)));
    expect(lines()).toStrictEqual([]);
  });

  it("shows no names and no files", async () => {
    const avatar = await valueOf(store.avatars.save(anAvatar({ name: "Ada Lovelace", ownerId: "telegram:42" })));
    const photo = aPhoto({ avatarId: avatar.id, reference: { locator: "the-file-id", key: "42/7" } });
    await valueOf(store.photos.save({ ...photo, state: { status: "rejected", rejection: { code: "empty" } } }));
    const training = aTraining("submitted", { avatarId: avatar.id });
    await valueOf(store.orders.save(training));
    await valueOf(
      store.outbox.insert(aNotification({ avatarName: "Ada Lovelace", orderId: training.id, avatarId: avatar.id })),
    );
    expect(lines()).toHaveLength(4);
    expect(JSON.stringify(lines())).not.toMatch(/Ada|the-file-id|42\/7|telegram:42|https?:/);
  });
});
