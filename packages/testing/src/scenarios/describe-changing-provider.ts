import {
  createLikeness,
  isImageOrder,
  isTraining,
  requestOf,
  type FormerProvider,
  type LikenessPorts,
  type WebhookReceiver,
} from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeProvider, type FakeProvider } from "../fakes/fake-provider.ts";
import { fakeWebhookReceiver } from "../fakes/fake-webhook-receiver.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { aModel } from "../fixtures/model.ts";
import { aPictureFile } from "../fixtures/image-order.ts";
import { pictureBytes } from "../fixtures/picture-bytes.ts";
import { someRecipes } from "../fixtures/recipes.ts";
import { valueOf } from "../results/value-of.ts";
import { openImageStage } from "./image-stage.ts";
import { openStage, owner, type CreateStorage, type Stage } from "./stage.ts";

/** The provider of new orders after the change. */
interface NewOne extends Pick<LikenessPorts, "provider" | "outcomes" | "webhooks"> {
  readonly fake: FakeProvider;
}

/** One whose files and webhooks are nobody else's, and which sees none of the others' orders. */
function another({ ports }: Pick<Stage, "ports">): NewOne {
  const fake = fakeProvider();
  const receiver: WebhookReceiver = {
    ...fakeWebhookReceiver(),
    source: "another",
    headers: ["x-another"],
    verify: () => errAsync({ type: "webhook-rejected", reason: "signature-missing" }),
  };
  return {
    fake,
    provider: { ...fake, name: "another" },
    outcomes: { open: () => errAsync({ type: "provider-refused", status: 0, detail: "not a file of mine" }) },
    webhooks: ports.webhooks && { ...ports.webhooks, receiver },
  };
}

const asFormer = ({ provider, outcomes }: Stage): FormerProvider => ({ provider, outcomes });

/** Everything that the new one was asked. */
const askedOf = ({ fake }: NewOne): unknown[] => [...fake.submissions, ...fake.calls];

/** A deployment that changes its provider while work is under way. */
export function describeChangingProvider(create: CreateStorage): void {
  describe("a provider that was changed", () => {
    it("goes on with the orders that it had, and takes no new ones", async () => {
      const stage = await openStage(create);
      const { training, request } = await stage.submitted();
      const next = another(stage);
      await stage.restart({ ...next, formerProviders: [asFormer(stage)] });
      stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await stage.untilStatus(training.id, "succeeded");
      await stage.time.until(
        "the model is copied",
        async () => (await stage.training(training.id)).nextCheckAt === undefined,
      );
      expect((await stage.training(training.id)).state).toMatchObject({
        outcome: { weights: { blobKey: expect.any(String) } },
      });
      expect(askedOf(next)).toStrictEqual([]);

      const { avatarId } = training;
      const { id } = await valueOf(stage.running().trainings.start({ actor: owner, avatarId }));
      await stage.untilStatus(id, "submitted");
      expect((await stage.training(id)).provider).toBe("another");
      expect(next.fake.accepted).toStrictEqual([id]);
    });

    it("is sent what waits for it, and not the new one", async () => {
      const stage = await openStage(create);
      stage.provider.answerNextSubmit({ type: "submit-deferred", detail: "busy", retryAfterSeconds: 60 });
      const { id } = await stage.ordered();
      await stage.time.until("it is put off", () => stage.provider.submissions.length === 1);
      const next = another(stage);
      await stage.restart({ ...next, formerProviders: [asFormer(stage)] });
      await stage.untilStatus(id, "submitted");
      expect(stage.provider.accepted).toStrictEqual([id]);
      expect(askedOf(next)).toStrictEqual([]);
    });

    it("has its webhooks read", async () => {
      const stage = await openStage(create);
      const { training, request } = await stage.submitted();
      const next = another(stage);
      await stage.restart({ ...next, formerProviders: [{ ...asFormer(stage), receiver: stage.receiver }] });
      const event = { type: "succeeded", requestId: request.requestId, outcome: aModel() } as const;
      expect(await stage.deliver(training.id, event)).toMatchObject({ value: { stored: "new" } });
      await stage.untilStatus(training.id, "succeeded");
      await stage.untilSettled();
    });

    it("is not asked by a late webhook to erase what it cannot erase, and nobody else is", async () => {
      const stage = await openStage(create);
      const { training } = await stage.submitted();
      const next = another(stage);
      const former = asFormer(stage);
      await stage.restart({
        ...next,
        formerProviders: [{ ...former, provider: { ...former.provider, erase: undefined }, receiver: stage.receiver }],
      });
      await valueOf(stage.running().avatars.erase({ actor: owner, avatarId: training.avatarId }));
      const event = { type: "succeeded", requestId: "nobody-knew", outcome: aModel() } as const;
      expect(await stage.deliver(training.id, event)).toStrictEqual(ok({ stored: "known" }));
      await stage.time.pass(60);
      expect(askedOf(next)).toStrictEqual([]);
    });

    it.each([
      ["of it and of the new one together erases a part, if it cannot erase", "part", { erase: undefined }, {}],
      ["of it and of the new one together erases a part, if only it can", "part", {}, { erase: undefined }],
      ["of it and of the new one together erases a part, if it leaves something", "part", { erasesPart: true }, {}],
      ["of it and of the new one together erases all, if both do", "all", {}, {}],
      [
        "of it and of the new one together erases nothing, if neither can",
        "none",
        { erase: undefined },
        { erase: undefined },
      ],
    ] as const)("%s", async (_name, reach, changedFormer, changedNext) => {
      const stage = await openStage(create);
      const next = another(stage);
      const former = asFormer(stage);
      await stage.restart({
        ...next,
        provider: { ...next.provider, ...changedNext },
        formerProviders: [{ ...former, provider: { ...former.provider, ...changedFormer } }],
      });
      expect(stage.running().owners.erasesAtProvider).toBe(reach);
    });

    it("has another name than the new one, which its receiver has too", async () => {
      const { ports, provider, outcomes, receiver } = await openStage(create);
      const former = { provider, outcomes };
      expect(() => createLikeness({ ...ports, formerProviders: [former] })).toThrow("two providers are named example");
      const renamed = { provider: { ...provider, name: "before" }, outcomes, receiver };
      expect(() => createLikeness({ ...ports, formerProviders: [renamed] })).toThrow("example is not before");
      for (const each of [undefined, { ...receiver, source: "before" }])
        expect(() => createLikeness({ ...ports, formerProviders: [{ ...renamed, receiver: each }] })).not.toThrow();
      expect(() => createLikeness({ ...ports, provider: { ...provider, name: "now" } })).toThrow("example is not now");
    });

    describe("and is not there any more", () => {
      it("ends the orders that it had at their deadline, unpaid by their owner, and asks nobody else", async () => {
        const stage = await openStage(create);
        const { training } = await stage.submitted();
        const next = another(stage);
        await stage.restart(next);
        await stage.untilStatus(training.id, "failed");
        expect((await stage.training(training.id)).state).toMatchObject({ reason: "provider_timeout" });
        await stage.time.until("credits are released", () => stage.credits.lastOf(training.id) === "release");
        expect(askedOf(next)).toStrictEqual([]);
      });

      it("ends at once what was not sent, and sends it to nobody", async () => {
        const stage = await openStage(create);
        stage.provider.answerNextSubmit({ type: "submit-deferred", detail: "busy", retryAfterSeconds: 60 });
        const { id } = await stage.ordered();
        await stage.time.until("it is put off", () => stage.provider.submissions.length === 1);
        const next = another(stage);
        await stage.restart(next);
        await stage.untilStatus(id, "failed");
        expect((await stage.training(id)).state).toMatchObject({
          reason: "rejected",
          detail: "the order was placed at example, which this deployment does not use any more",
        });
        expect(askedOf(next)).toStrictEqual([]);
      });

      it("lets its owner cancel what runs there", async () => {
        const stage = await openStage(create);
        const { training } = await stage.submitted();
        const next = another(stage);
        await stage.restart(next);
        const { avatarId } = training;
        await valueOf(stage.running().trainings.cancel({ actor: owner, avatarId }));
        expect((await stage.training(training.id)).state.status).toBe("cancelled");
        expect(askedOf(next)).toStrictEqual([]);
      });

      it("is named in the receipt of an erasure, because it keeps what it has", async () => {
        const stage = await openStage(create);
        const { request } = await stage.submitted();
        const next = another(stage);
        await stage.restart(next);
        const { id } = await valueOf(stage.running().owners.erase({ actor: owner }));
        await stage.time.until("it is done", async () => {
          const receipt = await valueOf(stage.running().owners.receipt({ receiptId: id }));
          return receipt?.finishedAt !== undefined;
        });
        expect(await valueOf(stage.running().owners.receipt({ receiptId: id }))).toMatchObject({
          left: [{ provider: "example", reason: "unsupported", requestIds: [request.requestId] }],
        });
        expect(askedOf(next)).toStrictEqual([]);
      });
    });

    describe("with models of its own", () => {
      const drawn = { actor: owner, scene: "cafe" } as const;

      it("makes their pictures by its own recipes", async () => {
        const stage = await openImageStage(create);
        const next = another(stage);
        const recipes = someRecipes();
        const own = { ...recipes, image: { ...recipes.image, endpoint: "example/own" } };
        await stage.restart({ ...next, formerProviders: [{ ...asFormer(stage), recipes: own }] });
        const { id } = await valueOf(stage.running().images.generate({ ...drawn, avatarId: stage.avatarId }));
        await stage.time.until("it is accepted", async () => (await stage.image(id)).state.status === "submitted");
        const order = await stage.image(id);
        expect([order.provider, order.snapshot.endpoint]).toStrictEqual(["example", "example/own"]);
        const picture = aPictureFile({ width: undefined, height: undefined });
        stage.outcomes.serve(picture.url, pictureBytes());
        stage.provider.report(requestOf(order)?.requestId ?? "", { type: "succeeded", outcome: { picture } });
        const { places } = await stage.untilFinished(id);
        expect(places.map(({ status }) => status)).toStrictEqual(["shown"]);
        expect(askedOf(next)).toStrictEqual([]);

        // What needs no model is the new one's.
        const [shown] = places;
        const larger = await valueOf(
          stage.running().images.upscale({ actor: owner, pictureId: shown?.picture?.id ?? "" }),
        );
        expect((await stage.image(larger.id)).provider).toBe("another");
      });

      it("is not sent what belongs to a model that the new one has trained meanwhile", async () => {
        let whileReserving = async (): Promise<void> => undefined;
        const credits = recordingCredits();
        const stage = await openImageStage(create, {
          credits: {
            ...credits,
            reserve: (order) => fromSafePromise(whileReserving()).andThen(() => credits.reserve(order)),
          },
        });
        const next = another(stage);
        await stage.restart({ ...next, formerProviders: [{ ...asFormer(stage), recipes: someRecipes() }] });
        whileReserving = async () => {
          const [training] = (await valueOf(stage.store.orders.listByAvatar(stage.avatarId))).filter(isTraining);
          if (training) await valueOf(stage.store.orders.save({ ...training, provider: "another" }));
        };
        const { id } = await valueOf(stage.running().images.generate({ ...drawn, avatarId: stage.avatarId }));
        expect((await stage.image(id)).provider).toBe("another");
      });

      it("refuses pictures of them where it is not there any more, before anything is reserved", async () => {
        const stage = await openImageStage(create);
        const { avatarId } = stage;
        const calls = stage.credits.calls.length;
        await stage.restart(another(stage));
        expect(await stage.running().images.generate({ ...drawn, avatarId })).toStrictEqual(
          err({ type: "model-elsewhere", avatarId, provider: "example" }),
        );
        expect(stage.credits.calls).toHaveLength(calls);
        expect((await valueOf(stage.store.orders.listByAvatar(avatarId))).filter(isImageOrder)).toStrictEqual([]);
      });

      it("orders no first look of a training that ends there later and has no recipes any more", async () => {
        const stage = await openStage(create, { changeImages: { firstLook: true } });
        const { training, request } = await stage.submitted();
        const next = another(stage);
        await stage.restart({ ...next, formerProviders: [asFormer(stage)] });
        stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
        await stage.untilStatus(training.id, "succeeded");
        await stage.time.until("the owner is told", () => stage.notifier.attempts.length > 0);
        expect(await valueOf(stage.store.orders.listByAvatar(training.avatarId))).toHaveLength(1);
        expect(askedOf(next)).toStrictEqual([]);
      });
    });
  });
}
