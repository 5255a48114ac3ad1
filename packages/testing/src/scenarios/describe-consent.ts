import { defaultConsent, type ConsentAsk, type Likeness } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { photoBytes } from "../fixtures/photo-bytes.ts";
import { valueOf } from "../results/value-of.ts";
import { expectInvariants, openStage, owner, type CreateStorage, type Stage } from "./stage.ts";

const missing = (because: "never-given" | "withdrawn" | "outdated") => err({ type: "consent-missing", because });

async function consents({ owners }: Likeness, locale = "en") {
  const asked = await valueOf(owners.consent({ actor: owner, locale }));
  if (asked.type !== "missing") throw new Error(`it is ${asked.type}`);
  return valueOf(owners.giveConsent({ actor: owner, ...asked.wording }));
}

async function openAsking(create: CreateStorage, consent: ConsentAsk = { ...defaultConsent }): Promise<Stage> {
  return openStage(create, { consent });
}

const submit = ({ likeness }: Stage, avatarId: string, key = "photo") =>
  likeness.photos.submit({ actor: owner, avatarId, reference: { locator: key, key } });

export function describeConsent(create: CreateStorage): void {
  describe("consent", () => {
    it("is needed for photos and trainings, and for nothing else", async () => {
      const stage = await openAsking(create);
      const { likeness, draft, store } = stage;
      const { id: avatarId } = await draft(0);
      expect(await submit(stage, avatarId)).toStrictEqual(missing("never-given"));
      expect(await likeness.photos.add({ actor: owner, avatarId, bytes: photoBytes() })).toStrictEqual(
        missing("never-given"),
      );
      expect(await likeness.trainings.start({ actor: owner, avatarId })).toStrictEqual(missing("never-given"));
      expect(await store.photos.listByAvatar(avatarId)).toStrictEqual(ok([]));
      const consent = await consents(likeness);
      expect(consent).toMatchObject({ ownerId: owner, version: "1", locale: "en" });
      const submitted = await stage.submitted();
      expect(submitted.training.state.status).toBe("submitted");
    });

    it("is stored once for twenty at once, with the language that was read", async () => {
      const { likeness, store } = await openAsking(create);
      const asked = await valueOf(likeness.owners.consent({ actor: owner, locale: "ru-UA" }));
      if (asked.type !== "missing") throw new Error("it is not asked");
      expect(asked.wording.locale).toBe("ru");
      const give = () => likeness.owners.giveConsent({ actor: owner, ...asked.wording, messageId: "1" });
      const given = await Promise.all(Array.from({ length: 20 }, () => valueOf(give())));
      expect(new Set(given.map(({ id }) => id)).size).toBe(1);
      expect(await valueOf(store.consents.listByOwner(owner))).toMatchObject([{ locale: "ru", messageId: "1" }]);
    });

    it("is asked for again when version or wording change, and is refused for what is not asked any more", async () => {
      const ask = { ...defaultConsent };
      const stage = await openAsking(create, ask);
      const { likeness, draft } = stage;
      const first = await valueOf(likeness.owners.consent({ actor: owner, locale: "en" }));
      if (first.type !== "missing") throw new Error("it is not asked");
      await consents(likeness);
      const { id: avatarId } = await draft(1);
      ask.version = "2";
      expect(await submit(stage, avatarId)).toStrictEqual(missing("outdated"));
      const outdated = err({ type: "consent-outdated" });
      expect(await likeness.owners.giveConsent({ actor: owner, ...first.wording })).toStrictEqual(outdated);
      await consents(likeness);
      expect((await submit(stage, avatarId)).isOk()).toBe(true);
      ask.statements = [{ key: "photos", text: { en: "They are mine.", ru: "Они мои." } }];
      expect(await submit(stage, avatarId, "another")).toStrictEqual(missing("outdated"));
      expect(await likeness.owners.giveConsent({ actor: owner, ...first.wording, version: "2" })).toStrictEqual(
        outdated,
      );
    });

    it("is a sign of life, so that it does not stay for ever", async () => {
      const { likeness, store, time } = await openAsking(create);
      await consents(likeness);
      expect(await valueOf(store.owners.find(owner))).toMatchObject({ lastSeenAt: time.clock.now() });
    });

    it("does not depend on words in another language", async () => {
      const ask = { ...defaultConsent };
      const { likeness } = await openAsking(create, ask);
      await consents(likeness, "ru");
      ask.statements = ask.statements.map((statement) => ({ ...statement, text: { ...statement.text, en: "Other." } }));
      expect(await valueOf(likeness.owners.consent({ actor: owner, locale: "en" }))).toMatchObject({ type: "given" });
    });

    it("stops a training and waiting photos when it is withdrawn, and keeps the avatars", async () => {
      const stage = await openAsking(create);
      const { likeness, submitted, training: trainingOf, time } = stage;
      await consents(likeness);
      const { training } = await submitted();
      const withdrawal = await valueOf(likeness.owners.withdrawConsent({ actor: owner }));
      expect(withdrawal).toMatchObject({ withdrawnAt: expect.any(String), cancelled: 1, left: 0 });
      expect((await trainingOf(training.id)).state.status).toBe("cancelled");
      expect(await valueOf(likeness.owners.withdrawConsent({ actor: owner }))).toStrictEqual({ cancelled: 0, left: 0 });
      expect(await submit(stage, training.avatarId)).toStrictEqual(missing("withdrawn"));
      expect(await likeness.trainings.start({ actor: owner, avatarId: training.avatarId })).toStrictEqual(
        missing("withdrawn"),
      );
      expect(await valueOf(likeness.avatars.list({ actor: owner }))).toHaveLength(1);
      await time.pass(60);
      await expectInvariants(stage);
    });

    it("can be withdrawn as well when it was given to an earlier wording", async () => {
      const ask = { ...defaultConsent };
      const stage = await openAsking(create, ask);
      const { likeness, submitted, training: trainingOf } = stage;
      const consent = await consents(likeness);
      const { training } = await submitted();
      ask.version = "2";
      const seen = () => valueOf(likeness.owners.consent({ actor: owner, locale: "en" }));
      expect(await seen()).toMatchObject({ type: "missing", because: "outdated", consent, wording: { version: "2" } });
      expect(await valueOf(likeness.owners.withdrawConsent({ actor: owner }))).toMatchObject({ cancelled: 1, left: 0 });
      expect((await trainingOf(training.id)).state.status).toBe("cancelled");
      const after = await seen();
      expect(after).toMatchObject({ type: "missing", because: "withdrawn" });
      expect("consent" in after).toBe(false);
    });

    it("stops what cannot be stopped at once as soon as that is possible", async () => {
      const stage = await openAsking(create);
      const { likeness, submitted, provider, untilStatus } = stage;
      await consents(likeness);
      const { training } = await submitted();
      provider.failNext("cancel", { type: "provider-unavailable", detail: "503" });
      const withdrawal = await valueOf(likeness.owners.withdrawConsent({ actor: owner }));
      expect(withdrawal).toMatchObject({ cancelled: 0, left: 1 });
      await untilStatus(training.id, "cancelled");
      await expectInvariants(stage);
    });

    it("keeps no result of a training that comes after its withdrawal, and has the provider erase it", async () => {
      const stage = await openAsking(create);
      const { likeness, submitted, deliver, provider, blobs, outcomes, training: trainingOf, time } = stage;
      await consents(likeness);
      const { training, request } = await submitted();
      const { requestId } = request;
      await valueOf(likeness.owners.withdrawConsent({ actor: owner }));
      await time.pass(1);
      await consents(likeness);
      const before = new Set(blobs.blobs.keys());
      await deliver(training.id, { type: "succeeded", requestId, outcome: aModel() });
      await time.until("the provider has erased it", () => provider.erased.length > 0);
      await time.pass(120);
      const after = await trainingOf(training.id);
      expect(after.state).toMatchObject({ status: "cancelled", request: { requestId } });
      expect("lateOutcome" in after.state).toBe(false);
      expect(new Set(blobs.blobs.keys())).toStrictEqual(before);
      expect(outcomes.opened).toStrictEqual([]);
      expect(provider.erased).toMatchObject([{ orderId: training.id, requestId }]);
      expect(await likeness.operator.adopt({ operator: "olga", trainingId: training.id })).toMatchObject({
        error: { type: "no-late-result" },
      });
      await expectInvariants(stage);
    });

    it("forgets photos that were not fetched when it is withdrawn, and no later ones", async () => {
      const stage = await openAsking(create, { ...defaultConsent });
      const { likeness, draft, store, photoSource, time } = stage;
      await consents(likeness);
      const { id: avatarId } = await draft(1);
      const photo = await valueOf(submit(stage, avatarId));
      await valueOf(likeness.owners.withdrawConsent({ actor: owner }));
      const kept = await valueOf(store.photos.listByAvatar(avatarId));
      expect(kept.filter(({ id, state }) => id === photo.id && state.status === "pending")).toStrictEqual([]);
      expect(kept.length).toBeGreaterThan(0);
      await time.pass(1);
      await consents(likeness);
      photoSource.offer("later", photoBytes());
      const later = await valueOf(submit(stage, avatarId, "later"));
      await time.pass(120);
      expect((await valueOf(store.photos.find(later.id)))?.state.status).toBe("accepted");
    });

    it("is needed also when a photo that waits is fetched", async () => {
      const ask = { ...defaultConsent };
      const stage = await openAsking(create, ask);
      const { likeness, draft, store, photoSource, time } = stage;
      await consents(likeness);
      const { id: avatarId } = await draft(1);
      photoSource.offer("waiting", photoBytes());
      const photo = await valueOf(submit(stage, avatarId, "waiting"));
      ask.version = "2";
      await time.pass(120);
      expect(photoSource.fetched).toStrictEqual([]);
      expect((await valueOf(store.photos.find(photo.id)))?.state.status).toBe("pending");
      await consents(likeness);
      await time.pass(120);
      expect((await valueOf(store.photos.find(photo.id)))?.state.status).toBe("accepted");
    });

    it("is needed when the end of a training orders the first look", async () => {
      const ask = { ...defaultConsent };
      const stage = await openStage(create, { consent: ask, changeImages: { firstLook: true } });
      const { likeness, provider, untilStatus, notifier, time } = stage;
      await consents(likeness);
      const { training, request } = await stage.submitted();
      ask.version = "2";
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.until("it is told", () => notifier.attempts.length > 0);
      await time.pass(120);
      expect(provider.accepted).toHaveLength(1);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-ready"]);
    });

    it("does not let a training begin beside its withdrawal that nobody stops", async () => {
      const stage = await openAsking(create);
      const { likeness, draft, store, time } = stage;
      await consents(likeness);
      const { id: avatarId } = await draft();
      const [started] = await Promise.all([
        likeness.trainings.start({ actor: owner, avatarId }),
        likeness.owners.withdrawConsent({ actor: owner }),
      ]);
      await time.until("nothing is trained", async () => {
        const orders = await valueOf(store.orders.listByAvatar(avatarId));
        return orders.every(({ state }) => state.status === "cancelled");
      });
      expect(started.isOk() || started.error.type === "consent-missing").toBe(true);
    });
  });

  describe("settings", () => {
    it("are what an owner has chosen, and a choice can be taken back", async () => {
      const { likeness } = await openStage(create);
      const { owners } = likeness;
      expect(await owners.settings({ actor: owner })).toStrictEqual(ok({}));
      const chosen = { locale: "kk", picturesPerPress: 4, progress: "hidden" } as const;
      expect(await owners.changeSettings({ actor: owner, ...chosen })).toStrictEqual(ok(chosen));
      expect(await owners.changeSettings({ actor: owner, locale: null, progress: "shown" })).toStrictEqual(
        ok({ picturesPerPress: 4, progress: "shown" }),
      );
      expect(await owners.settings({ actor: "owner:2" })).toStrictEqual(ok({}));
    });

    it.each([
      ["locale", { locale: "../x" }],
      ["locale", { locale: "e".repeat(100) }],
      ["picturesPerPress", { picturesPerPress: 0 }],
      ["picturesPerPress", { picturesPerPress: 1.5 }],
      ["picturesPerPress", { picturesPerPress: 5 }],
    ] as const)("refuse a wrong %s: %j", async (setting, change) => {
      const { owners } = (await openStage(create)).likeness;
      expect(await owners.changeSettings({ actor: owner, ...change })).toStrictEqual(
        err({ type: "invalid-setting", setting }),
      );
    });

    it("note that an owner was seen at most once an hour", async () => {
      const { likeness, store, time } = await openStage(create);
      const seen = async () => (await valueOf(store.owners.find(owner)))?.lastSeenAt;
      const start = time.clock.now();
      await Promise.all(Array.from({ length: 5 }, () => valueOf(likeness.owners.seen({ actor: owner }))));
      expect(await seen()).toBe(start);
      await time.pass(1_800);
      await valueOf(likeness.owners.seen({ actor: owner }));
      expect(await seen()).toBe(start);
      await time.pass(1_801);
      await valueOf(likeness.owners.seen({ actor: owner }));
      expect(await seen()).toBe(time.clock.now());
    });
  });
}
