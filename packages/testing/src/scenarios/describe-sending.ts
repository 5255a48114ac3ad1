import { addSeconds, secondsBetween, type Notifier, type StorageFailure } from "@likeness/core";
import { err, errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { recordingNotifier } from "../fakes/recording-notifier.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { withParts } from "./replaced-parts.ts";
import { runJob } from "./run-job.ts";
import { openStage, type CreateStorage, type Stage } from "./stage.ts";

/** A training that has failed, of which its owner is told at once. */
async function failed({ submitted, provider, untilStatus }: Stage): Promise<void> {
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "failed", detail: "out of memory" });
  await untilStatus(training.id, "failed");
}

/** A due message, without a queue that would send it. */
async function dueMessage(stage: Stage) {
  const { notifier, time, likeness } = stage;
  notifier.answerNext({ type: "retry-at", at: addSeconds(time.clock.now(), 300) });
  await failed(stage);
  await time.until("it was tried", () => notifier.attempts.length === 1);
  await valueOf(likeness.stop({ graceMs: 0 }));
  await time.pass(300);
  return { notificationId: notifier.attempts[0]?.id ?? "" };
}

const reset = { type: "notifier-failure", detail: "reset" } as const;

export function describeSending(create: CreateStorage): void {
  describe("sending", () => {
    it("notes an attempt before it is made, and makes no other one meanwhile", async () => {
      const gate = closedGate();
      const { send, attempts } = recordingNotifier();
      const notifier: Notifier = {
        send: (notification) => {
          const answer = send(notification);
          return fromSafePromise(gate.passed).andThen(() => answer);
        },
      };
      const stage = await openStage(create, { notifier });
      const { time, store } = stage;
      await failed(stage);
      await time.until("it is being sent", () => attempts.length === 1);
      const [attempt] = attempts;
      const notificationId = attempt?.id ?? "";
      expect(await store.outbox.find(notificationId)).toMatchObject({
        value: { state: { status: "sending" }, attempts: 1 },
      });
      expect(await runJob(stage, "notify.send", { notificationId })).toStrictEqual(
        ok({ type: "again", at: attempt?.dueAt }),
      );
      await time.pass(50);
      gate.open();
      await time.pass(60);
      expect(attempts).toHaveLength(1);
    });

    it("sends once what two workers send at once", async () => {
      const stage = await openStage(create);
      const message = await dueMessage(stage);
      const answers = await Promise.all([1, 2].map(() => runJob(stage, "notify.send", message)));
      // The other worker finds a newer version, or a message that is being sent: it is done, or runs again.
      const types = answers.map((answer) => answer.map(({ type }) => type));
      expect(types).toContainEqual(ok("done"));
      for (const type of types) expect([ok("done"), ok("again")]).toContainEqual(type);
      expect(stage.notifier.attempts).toHaveLength(2);
    });

    it("sends nothing that could not be noted, and says so", async () => {
      const failure: StorageFailure = { type: "storage-failure", cause: "the disk is full" };
      let full = false;
      const filling = withParts(create, ({ outbox }) => ({
        outbox: { ...outbox, save: (message) => (full ? errAsync(failure) : outbox.save(message)) },
      }));
      const stage = await openStage(filling);
      const message = await dueMessage(stage);
      full = true;
      expect(await runJob(stage, "notify.send", message)).toStrictEqual(
        err({ type: "job-failure", permanent: false, cause: failure }),
      );
      expect(stage.notifier.attempts).toHaveLength(1);
    });

    it("waits twice as long after each failure, and gives up at the deadline", async () => {
      const stage = await openStage(create, { policy: { notifyDeadlineSeconds: 100 } });
      const { notifier, time, store } = stage;
      for (let count = 0; count < 20; count++) notifier.answerNext(reset);
      await failed(stage);
      await time.pass(300);
      const [first, ...later] = notifier.attempts.map(({ dueAt }) => dueAt);
      const seconds = later.map((dueAt) => Math.round(secondsBetween(first ?? "", dueAt)));
      expect(seconds).toStrictEqual([1, 3, 7, 15, 31, 63, 127]);
      expect(await store.outbox.find(notifier.attempts[0]?.id ?? "")).toMatchObject({
        value: { state: { status: "dead", detail: "reset" } },
      });
    });

    it("waits an hour at most", async () => {
      const stage = await openStage(create);
      const message = await dueMessage(stage);
      const { store, notifier, time } = stage;
      const stored = await valueOf(store.outbox.find(message.notificationId));
      if (!stored) throw new Error("the message is there");
      await valueOf(store.outbox.save({ ...stored, attempts: 20 }));
      notifier.answerNext(reset);
      expect(await runJob(stage, "notify.send", message)).toStrictEqual(
        ok({ type: "again", at: addSeconds(time.clock.now(), 3_600) }),
      );
    });
  });
}
