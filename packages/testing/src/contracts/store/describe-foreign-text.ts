import { describe, expect, it } from "vitest";
import type { ProviderRequest } from "@likeness/core";
import { ok } from "neverthrow";
import { anAvatar } from "../../fixtures/avatar.ts";
import { anInboxDelivery } from "../../fixtures/inbox-delivery.ts";
import { aNotification } from "../../fixtures/notification.ts";
import { aPhoto, anAcceptedPhoto } from "../../fixtures/photo.ts";
import { aSession } from "../../fixtures/session.ts";
import { aPrepared, aSnapshot, aTraining } from "../../fixtures/training.ts";
import { testStart } from "../../clock/test-clock.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "./awkward.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

/** A different text for each column, so that swapped columns are noticed. */
const foreign = (name: string): string => `${name} ${foreignText}`;

const request: ProviderRequest = {
  requestId: foreign("request"),
  statusUrl: foreign("status"),
  responseUrl: foreign("response"),
  cancelUrl: foreign("cancel"),
};

const file = (name: string) => ({
  url: foreign(`${name} url`),
  contentType: foreign(`${name} type`),
  blobKey: foreign(`${name} key`),
});

/** Every column that may hold text of other parties stores any text and returns it unchanged. */
export function describeForeignText(create: CreateStore): void {
  describe("text of others", () => {
    it("is given back as it was, in every column of an avatar", async () => {
      const { avatars } = await create();
      const avatar = anAvatar({
        id: foreign("id"),
        ownerId: foreign("owner"),
        name: foreign("name"),
        state: { status: "ready", trainingId: foreign("training") },
      });
      const saved = ok({ ...avatar, version: 1 });
      expect(await avatars.save(avatar)).toStrictEqual(saved);
      expect(await avatars.find(avatar.id)).toStrictEqual(saved);
      expect(await avatars.listByOwner(avatar.ownerId)).toStrictEqual(ok([{ ...avatar, version: 1 }]));
    });

    it.each([
      [
        "accepted",
        anAcceptedPhoto({
          id: foreign("id"),
          reference: { locator: foreign("locator"), key: foreign("key") },
        }),
      ],
      [
        "rejected",
        aPhoto({
          id: foreign("id"),
          state: { status: "rejected", rejection: { code: "unsupported-format", format: foreignText } },
        }),
      ],
    ])("is given back as it was, in every column of a photo that is %s", async (_, fixture) => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store, { id: foreign("avatar") });
      const photo = { ...fixture, avatarId };
      expect(await store.photos.save(photo)).toStrictEqual(ok({ ...photo, version: 1 }));
      expect(await store.photos.find(photo.id)).toStrictEqual(ok({ ...photo, version: 1 }));
    });

    it.each([
      {
        status: "submitted",
        prepared: aPrepared(foreign("archive")),
        request,
        submittedAt: testStart,
        progress: {},
      } as const,
      {
        status: "succeeded",
        prepared: aPrepared(foreign("archive")),
        request,
        submittedAt: testStart,
        finishedAt: testStart,
        outcome: { weights: file("weights"), config: file("config") },
      } as const,
      { status: "failed", reason: "provider_error", detail: foreignText, finishedAt: testStart, request } as const,
    ])("is given back as it was, in every column of a training that is $status", async (state) => {
      const store = await create();
      const { id: avatarId, ownerId } = await storedAvatar(store, { id: foreign("avatar"), ownerId: foreign("owner") });
      const manifest = [{ file: foreign("file"), blobKey: foreign("blob"), bytes: 1 }];
      const training = aTraining("requested", {
        id: foreign("id"),
        avatarId,
        ownerId,
        provider: foreign("provider"),
        idempotencyKey: foreign("key"),
        snapshot: aSnapshot({ trigger: foreignText, endpoint: foreignText, manifest }),
        state,
      });
      expect(await store.orders.save(training)).toStrictEqual(ok({ ...training, version: 1 }));
      expect(await store.orders.find(training.id)).toStrictEqual(ok({ ...training, version: 1 }));
      if (state.status === "succeeded")
        expect(await store.orders.usesBlob(foreign("weights key"))).toStrictEqual(ok(true));
    });

    it("is given back as it was, in every column of a delivery", async () => {
      const { inbox } = await create();
      const delivery = anInboxDelivery({
        id: foreign("id"),
        source: foreign("source"),
        requestId: foreign("request"),
        digest: foreign("digest"),
        orderId: foreign("training"),
        headers: { [foreign("name")]: foreign("value") },
        body: new TextEncoder().encode("a\u0000b"),
      });
      expect(await inbox.insert(delivery)).toStrictEqual(ok("new"));
      const found = await valueOf(inbox.find(delivery.id));
      expect(found && { ...found, body: Uint8Array.from(found.body) }).toStrictEqual(delivery);
      expect(await inbox.insert({ ...delivery, id: "another" })).toStrictEqual(ok("known"));
    });

    it("is given back as it was, in every column of a notification", async () => {
      const store = await create();
      const { id: avatarId } = await storedAvatar(store, { id: foreign("avatar") });
      const notification = aNotification({
        id: foreign("id"),
        dedupeKey: foreign("key"),
        ownerId: foreign("owner"),
        avatarId,
        avatarName: foreign("name"),
        orderId: foreign("training"),
      });
      expect(await store.outbox.insert(notification)).toStrictEqual(ok("new"));
      const inserted = { ...notification, version: 1 };
      expect(await store.outbox.find(notification.id)).toStrictEqual(ok(inserted));
      for (const [version, state] of [
        { status: "sent", sentAt: testStart, messageId: foreign("message") } as const,
        { status: "dead", detail: foreign("detail") } as const,
      ].entries()) {
        const saved = ok({ ...inserted, state, version: version + 2 });
        expect(await store.outbox.save({ ...inserted, state, version: version + 1 })).toStrictEqual(saved);
        expect(await store.outbox.findByDedupeKey(notification.dedupeKey)).toStrictEqual(saved);
      }
    });

    it("is given back as it was, in a session", async () => {
      const { sessions } = await create();
      const session = aSession({ key: foreign("key"), value: { [foreign("name")]: [foreignText] } });
      expect(await sessions.save(session)).toStrictEqual(ok({ ...session, version: 1 }));
      expect(await sessions.find(session.key)).toStrictEqual(ok({ ...session, version: 1 }));
    });

    it("is not there where it was never stored, which is no failure", async () => {
      const { avatars, photos, orders, inbox, sessions } = await create();
      for (const repository of [avatars, photos, orders, inbox, sessions])
        expect(await repository.find(foreignText)).toStrictEqual(ok(undefined));
    });
  });
}
