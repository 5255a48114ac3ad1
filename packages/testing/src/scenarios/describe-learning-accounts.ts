import { createLikeness } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeWebhookAddress } from "../fakes/fake-webhook-address.ts";
import { fakeWebhookReceiver } from "../fakes/fake-webhook-receiver.ts";
import { ourAccount } from "../fakes/signed-delivery.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, type CreateStorage, type Stage } from "./stage.ts";

const provider = "example";
const operator = "olga";
const foreign = err({ type: "webhook-rejected", reason: "foreign-account" });

async function openLearning(create: CreateStorage): Promise<Stage> {
  const receiver = fakeWebhookReceiver("example", { learnsAccount: true });
  return openStage(create, { webhooks: { receiver, address: fakeWebhookAddress() } });
}

const success = (requestId: string) => ({ type: "succeeded", requestId, outcome: aModel() }) as const;

const accountOf = async ({ likeness }: Stage) => valueOf(likeness.operator.account({ provider }));

export function describeLearningAccounts(create: CreateStorage): void {
  describe("whose webhooks are ours", () => {
    it("is learned from the first one that names the request of its order, and others are refused and listed", async () => {
      const stage = await openLearning(create);
      const { likeness, submitted, deliver, untilStatus } = stage;
      expect(await accountOf(stage)).toStrictEqual({ type: "not-known-yet" });
      const { training, request } = await submitted();
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      await untilStatus(training.id, "succeeded");
      expect(await accountOf(stage)).toMatchObject({ account: { account: ourAccount, by: "delivery" } });

      const next = await submitted();
      for (let times = 0; times < 2; times += 1)
        expect(await deliver(next.training.id, success(next.request.requestId), { account: "another" })).toStrictEqual(
          foreign,
        );
      expect((await stage.training(next.training.id)).state.status).toBe("submitted");
      const { needs } = await valueOf(likeness.operator.inspect());
      expect(needs.deliveries.items).toMatchObject([{ orderId: next.training.id, outcome: "foreign" }]);
    });

    it("is not learned from one that names another request: that waits, and is judged when it is known", async () => {
      const stage = await openLearning(create);
      const { submitted, deliver, untilSettled, time, provider: fake } = stage;
      const first = await submitted();
      const second = await submitted();
      for (const { request } of [first, second]) fake.report(request.requestId, { type: "running", percent: 5 });
      const stolen = success("of somebody else");
      expect(await deliver(first.training.id, stolen, { account: "another" })).toStrictEqual(ok({ stored: "new" }));
      await time.pass(90);
      expect(await accountOf(stage)).toStrictEqual({ type: "not-known-yet" });
      expect((await stage.training(first.training.id)).state.status).toBe("submitted");

      await deliver(second.training.id, success(second.request.requestId));
      await untilSettled();
      expect((await stage.training(first.training.id)).state.status).toBe("submitted");
      expect((await stage.training(second.training.id)).state.status).toBe("succeeded");
      expect(await accountOf(stage)).toMatchObject({ account: { account: ourAccount } });
    });

    it("is the same for two processes that learn at once: one account stands", async () => {
      const stage = await openLearning(create);
      const { submitted, deliver } = stage;
      const both = [await submitted(), await submitted()];
      const answers = await Promise.all(
        both.map(({ training, request }, index) =>
          deliver(training.id, success(request.requestId), { account: `account ${index}` }),
        ),
      );
      const known = await accountOf(stage);
      const winner = known.type === "known" ? Number(known.account.account.slice(-1)) : -1;
      expect(answers[winner]).toStrictEqual(ok({ stored: "new" }));
      expect(answers[1 - winner]).toStrictEqual(foreign);
    });

    it("can be changed and forgotten by an operator, with an entry", async () => {
      const stage = await openLearning(create);
      const { likeness, submitted, deliver } = stage;
      const { training, request } = await submitted();
      await valueOf(likeness.operator.trustAccount({ operator, provider, account: "the former one" }));
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(foreign);
      const trusted = await valueOf(likeness.operator.trustAccount({ operator, provider, account: ourAccount }));
      expect(trusted).toMatchObject({ account: { account: ourAccount, by: "operator" } });
      expect(await valueOf(likeness.operator.trustAccount({ operator, provider }))).toStrictEqual({
        type: "not-known-yet",
      });
      expect(await deliver(training.id, success(request.requestId))).toStrictEqual(ok({ stored: "new" }));
      const { items } = await valueOf(likeness.operator.actions());
      expect(items.map(({ action, subject, outcome }) => [action, subject.id, outcome])).toStrictEqual([
        ["forget-account", "account:example", "not-known-yet"],
        ["trust-account", "account:example", "known"],
        ["trust-account", "account:example", "known"],
      ]);
    });

    it("cannot be changed where the host names it, or to what is no account", async () => {
      const stage = await openLearning(create);
      const fixed = createLikeness({
        ...stage.ports,
        webhooks: { receiver: fakeWebhookReceiver(), address: fakeWebhookAddress() },
      });
      const notLearned = err({ type: "account-not-learned", provider });
      expect(await fixed.operator.account({ provider })).toStrictEqual(notLearned);
      expect(await fixed.operator.trustAccount({ operator, provider })).toStrictEqual(notLearned);
      const { trustAccount } = stage.likeness.operator;
      for (const account of ["", "two\nlines", "x".repeat(201)])
        expect(await trustAccount({ operator, provider, account })).toStrictEqual(err({ type: "invalid-account" }));
    });
  });
}
