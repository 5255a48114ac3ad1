import { addSeconds } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { valueOf } from "../results/value-of.ts";
import { runJob } from "./run-job.ts";
import { owner, openStage, type CreateStorage, type Stage, type StageOverrides } from "./stage.ts";

/** A training has failed, and its owner could not be told. */
async function missed(create: CreateStorage, overrides: StageOverrides = {}) {
  const stage = await openStage(create, overrides);
  const { notifier, time } = stage;
  notifier.answerNext({ type: "unreachable" });
  await failTraining(stage);
  await time.until("it is missed", async () => (await missing(stage)).length === 1);
  const [message] = await missing(stage);
  if (!message) throw new Error("the message is there");
  return { ...stage, message };
}

async function failTraining({ submitted, provider, untilStatus }: Stage): Promise<void> {
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "failed", detail: "out of memory" });
  await untilStatus(training.id, "failed");
}

const missing = ({ store }: Stage) => valueOf(store.outbox.undeliverable(owner));

export function describeResending(create: CreateStorage): void {
  describe("resending", () => {
    it("sends what was missed once more, as soon as it is asked to, and then nothing", async () => {
      const stage = await missed(create);
      const { likeness, notifier, time, store, message } = stage;
      await time.pass(300);
      expect(await likeness.messages.resendMissed({ actor: owner })).toStrictEqual(ok({ resent: 1 }));
      await time.until("it is sent again", () => notifier.attempts.length === 2);
      const { id, content, createdAt } = message;
      expect(notifier.attempts[1]).toMatchObject({ id, content, createdAt, attempts: 1 });
      await time.until("it is sent", async () => {
        return (await valueOf(store.outbox.find(id)))?.state.status === "sent";
      });
      expect(await likeness.messages.resendMissed({ actor: owner })).toStrictEqual(ok({ resent: 0 }));
      await time.pass(180);
      expect(notifier.attempts).toHaveLength(2);
    });

    it("resends each message once when it is asked twice at once", async () => {
      const { likeness, notifier, time } = await missed(create);
      const answers = await Promise.all([1, 2].map(() => likeness.messages.resendMissed({ actor: owner })));
      expect(answers.filter((answer) => answer.isOk() && answer.value.resent === 1)).toHaveLength(1);
      expect(answers.filter((answer) => answer.isOk() && answer.value.resent === 0)).toHaveLength(1);
      await time.pass(180);
      expect(notifier.attempts).toHaveLength(2);
    });

    it("resends every message of the actor's, and no other owner's", async () => {
      const stage = await missed(create);
      const { likeness, notifier, time } = stage;
      notifier.answerNext({ type: "unreachable" });
      await failTraining(stage);
      await time.until("both are missed", async () => (await missing(stage)).length === 2);
      expect(await likeness.messages.resendMissed({ actor: "owner:2" })).toStrictEqual(ok({ resent: 0 }));
      expect(await missing(stage)).toHaveLength(2);
      expect(await likeness.messages.resendMissed({ actor: owner })).toStrictEqual(ok({ resent: 2 }));
      await time.until("both are sent", () => notifier.attempts.length === 4);
    });

    it("keeps what is missed again for another time", async () => {
      const stage = await missed(create);
      const { likeness, notifier, time } = stage;
      notifier.answerNext({ type: "unreachable" });
      await valueOf(likeness.messages.resendMissed({ actor: owner }));
      await time.until("it is missed again", async () => (await missing(stage)).length === 1);
      expect(notifier.attempts).toHaveLength(2);
      expect(await likeness.messages.resendMissed({ actor: owner })).toStrictEqual(ok({ resent: 1 }));
    });

    it("tries a message that was missed long ago as long as a new one", async () => {
      const stage = await missed(create, { policy: { notifyDeadlineSeconds: 100 } });
      const { likeness, store, notifier, time, message } = stage;
      const { id: notificationId } = message;
      await time.pass(1_000);
      await valueOf(likeness.stop({ graceMs: 0 }));
      await valueOf(likeness.messages.resendMissed({ actor: owner }));
      notifier.answerNext({ type: "notifier-failure", detail: "reset" });
      expect(await runJob(stage, "notify.send", { notificationId })).toStrictEqual(
        ok({ type: "again", at: addSeconds(time.clock.now(), 1) }),
      );
      expect(await store.outbox.find(notificationId)).toMatchObject({ value: { state: { status: "pending" } } });
    });
  });
}
