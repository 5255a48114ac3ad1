import { addSeconds } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { openStage, type CreateStorage, type Stage } from "./stage.ts";

async function readyAvatar(stage: Stage): Promise<void> {
  const { training, request } = await stage.submitted();
  stage.provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
  await stage.untilStatus(training.id, "succeeded");
}

const messageState = async ({ store, notifier }: Stage) =>
  (await valueOf(store.outbox.find(notifier.attempts[0]?.id ?? "")))?.state;

export function describeNotifying(create: CreateStorage): void {
  describe("notifying", () => {
    it("waits as long as a 429 asks, without using up an attempt", async () => {
      const stage = await openStage(create);
      const { notifier, time } = stage;
      const at = addSeconds(time.clock.now(), 300);
      notifier.answerNext({ type: "retry-at", at });
      await readyAvatar(stage);
      await time.until("it is sent", () => notifier.attempts.length === 2);
      expect(Date.parse(time.clock.now())).toBeGreaterThanOrEqual(Date.parse(at));
      expect(notifier.attempts.map(({ attempts }) => attempts)).toStrictEqual([1, 1]);
      expect(await messageState(stage)).toMatchObject({ status: "sent", messageId: "message 2" });
    });

    it("tries again what the network lost", async () => {
      const stage = await openStage(create);
      const { notifier, time } = stage;
      for (let count = 0; count < 3; count++) notifier.answerNext({ type: "notifier-failure", detail: "reset" });
      await readyAvatar(stage);
      await time.until("it is sent", () => notifier.attempts.length === 4);
      await time.pass(120);
      expect(notifier.attempts).toHaveLength(4);
    });

    it.each([
      [{ type: "unreachable" }, { status: "undeliverable" }],
      [
        { type: "rejected", detail: "chat not found" },
        { status: "dead", detail: "chat not found" },
      ],
    ] as const)("does not send again after %j", async (answer, state) => {
      const stage = await openStage(create);
      const { notifier, time } = stage;
      notifier.answerNext(answer);
      await readyAvatar(stage);
      await time.until("it was tried", () => notifier.attempts.length === 1);
      await time.pass(180);
      expect(notifier.attempts).toHaveLength(1);
      expect(await messageState(stage)).toStrictEqual(state);
    });
  });
}
