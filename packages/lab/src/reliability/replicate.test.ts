import type { ReplicateFakeBehaviour } from "@likeness/replicate/testing";
import { secondsBetween } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { expectHealed, failed, ready } from "./expect-healed.ts";
import { openReplicateStage, shiftedClock, until, untilIdle, type ReplicateHostStage } from "./host-stage.ts";

/** So long that Replicate's answer is not missed because this computer is busy. */
const longAttempts = { submitTimeoutSeconds: 30, imageDeadlineSeconds: 120 };

/** Nobody polls, so that only a webhook tells the outcome. */
const onlyWebhooks = { ...longAttempts, pollSeconds: 900, pollMaxSeconds: 900 };

const accepting = ["drop-after-accepting", "504-after-accepting"] as const;

/** All statuses of a training, in order. */
async function pathOf({ watched }: ReplicateHostStage): Promise<string[]> {
  const rows = await watched.db.selectFrom("status_history").select("status").execute();
  return rows.map(({ status }) => status);
}

/** The outcomes of all stored deliveries, in the order of their arrival. */
async function outcomesOf({ watched }: ReplicateHostStage): Promise<(string | null)[]> {
  const rows = await watched.db.selectFrom("likeness_webhook_inbox").select("outcome").orderBy("received_at").execute();
  return rows.map(({ outcome }) => outcome);
}

/** How each paid request was answered. */
const submits = ({ replicate }: ReplicateHostStage) =>
  replicate.requests.filter(({ webhook }) => webhook !== undefined).map(({ status }) => status);

const webhookAnswers = ({ replicate }: ReplicateHostStage) => replicate.deliveries.map(({ status }) => status);

describe.concurrent("Replicate", { timeout: 400_000 }, () => {
  it("F1: says 429 to the paid request: it is sent again when Replicate asks for it, and one is accepted", async (test) => {
    const stage = await openReplicateStage(test, { policy: longAttempts });
    stage.replicate.control.next({ submit: { status: 429, retryAfter: 6 } });
    const host = await stage.host();
    const { createdAt } = await host.ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(submits(stage)).toStrictEqual([429, 201]);
    const [run, ...more] = stage.replicate.runs();
    expect(more).toStrictEqual([]);
    expect(secondsBetween(createdAt, run?.createdAt ?? "")).toBeGreaterThanOrEqual(6);
  });

  it.for(accepting)(
    "F2: has taken it, but answers with %s: one request, and the webhook names it",
    async (submit, test) => {
      const stage = await openReplicateStage(test);
      stage.replicate.control.next({ submit, runSeconds: 3 });
      await (await stage.host()).ordered();
      expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    },
  );

  it.for(accepting)("F2: has taken it, answers with %s and sends no webhook: its list has it", async (submit, test) => {
    const stage = await openReplicateStage(test);
    stage.replicate.control.next({ submit, webhook: "none" });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(await pathOf(stage)).toContain("unknown");
    expect(stage.replicate.deliveries).toStrictEqual([]);
  });

  it.for<NonNullable<ReplicateFakeBehaviour["submit"]>>(["drop-before-accepting", { status: 504 }, { status: 500 }])(
    "F3: has not taken it and answers with %o: one request, and a failure at the deadline",
    async (submit, test) => {
      const stage = await openReplicateStage(test, { policy: { unknownDeadlineSeconds: 4 } });
      stage.replicate.control.next({ submit });
      await (await stage.host()).ordered();
      expect((await expectHealed(stage)).orders).toMatchObject([failed("submit_unknown")]);
      expect(stage.replicate.runs()).toStrictEqual([]);
    },
  );

  it.for([422, 401, 402])(
    "F5: refuses it with %d: a failure at once, not tried again, with an alarm",
    async (status, test) => {
      const stage = await openReplicateStage(test, { policy: longAttempts });
      stage.replicate.control.next({ submit: { status } });
      const host = await stage.host();
      const { id } = await host.ordered();
      expect((await expectHealed(stage)).orders).toMatchObject([failed("rejected")]);
      expect(await pathOf(stage)).toStrictEqual(["requested", "submitting", "failed"]);
      const alarm = { level: "error", message: "the order was not submitted" };
      expect(host.log.entries.filter(({ fields }) => fields["orderId"] === id)).toContainEqual(
        expect.objectContaining(alarm),
      );
    },
  );
});

describe.concurrent("webhooks of Replicate", { timeout: 400_000 }, () => {
  it("W1: one that comes before the answer to the paid request ends the training", async (test) => {
    const stage = await openReplicateStage(test, { policy: longAttempts, behaviour: { webhook: "before-answer" } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect((await pathOf(stage)).at(-1)).toBe("succeeded");
    expect(webhookAnswers(stage)).toStrictEqual([200]);
  });

  it("W2: one that comes twice is answered 200 both times, stored once and has one effect", async (test) => {
    const stage = await openReplicateStage(test, { policy: onlyWebhooks, behaviour: { webhook: "twice" } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    await until(() => stage.replicate.deliveries.length === 2);
    expect(webhookAnswers(stage)).toStrictEqual([200, 200]);
    expect(await outcomesOf(stage)).toStrictEqual(["applied"]);
  });

  it("W5: one for a run that somebody else has cancelled is a failure, which is told", async (test) => {
    const stage = await openReplicateStage(test, { policy: onlyWebhooks, behaviour: { outcome: "canceled" } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage, { mayFail: ["provider_error"] })).orders).toMatchObject([
      failed("provider_error"),
    ]);
  });

  it("W6: one that never comes is not missed", async (test) => {
    const stage = await openReplicateStage(test, { policy: longAttempts, behaviour: { webhook: "none" } });
    await (await stage.host()).ordered();
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(stage.replicate.deliveries).toStrictEqual([]);
  });

  it("W7: while the secret is out of reach they are stored, and read when it is there", async (test) => {
    // Twice the timeout after a paid request, its order is looked at: not while the webhook is tried again after a minute.
    const timeouts = { submitTimeoutSeconds: 300, imageDeadlineSeconds: 3_600, trainingDeadlineSeconds: 3_600 };
    const policy = { ...onlyWebhooks, ...timeouts };
    const stage = await openReplicateStage(test, { policy, behaviour: { outcome: "never" } });
    const { control, runs } = stage.replicate;
    const clock = shiftedClock();
    const host = await stage.host({ clock });
    control.secretAvailable(false);
    const { id } = await host.ordered();
    const status = async () => (await host.training(id)).state.status;
    await until(async () => (await status()) === "submitted");
    for (const run of runs()) await control.move(run.id, "succeeded");
    await until(async () => (await outcomesOf(stage)).length === 1);
    expect(await outcomesOf(stage)).toStrictEqual([null]);
    await untilIdle(stage);
    expect(await status()).toBe("submitted");
    control.secretAvailable(true);
    clock.shift(61);
    expect((await expectHealed(stage)).orders).toMatchObject([ready]);
    expect(await outcomesOf(stage)).toStrictEqual(["applied"]);
  });
});
