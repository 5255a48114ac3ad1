import { isTerminal, type OrderStatus, type WebhookEvent } from "@likeness/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubmitAnswer } from "../fakes/fake-provider.ts";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { owner, stage, type CreateStorage, type Stage } from "./stage.ts";

/** One thing that happens to a training, in any status. */
type Happening =
  | { readonly type: "webhook"; readonly event: WebhookEvent; readonly times: number }
  | { readonly type: "report"; readonly outcome: "running" | "succeeded" | "failed" }
  | { readonly type: "start" | "cancel" | "poll" }
  | { readonly type: "wait"; readonly seconds: number };

const answers = fc.array(
  fc.constantFrom<SubmitAnswer>(
    "accept",
    "accept-silently",
    { type: "submit-refused", status: 422, detail: "no" },
    { type: "submit-deferred", detail: "busy", retryAfterSeconds: 5 },
    { type: "submit-unconfirmed", detail: "reset" },
  ),
  { maxLength: 4 },
);

/** `own` stands for the id that the provider gave the training. */
const requestIds = fc.constantFrom("own", "another");
const events: fc.Arbitrary<WebhookEvent> = fc.oneof(
  fc.record({ type: fc.constant("queued" as const), requestId: requestIds }),
  fc.record({ type: fc.constant("running" as const), requestId: requestIds, percent: fc.nat(100) }),
  fc.record({ type: fc.constant("finished" as const), requestId: requestIds }),
  fc.record({ type: fc.constant("succeeded" as const), requestId: requestIds, outcome: fc.constant(aModel()) }),
  fc.record({ type: fc.constant("failed" as const), requestId: requestIds, detail: fc.constant("no") }),
);

const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant("webhook" as const), event: events, times: fc.integer({ min: 1, max: 3 }) }),
    fc.record({
      type: fc.constant("report" as const),
      outcome: fc.constantFrom("running" as const, "succeeded" as const, "failed" as const),
    }),
    fc.record({ type: fc.constantFrom("start" as const, "cancel" as const, "poll" as const) }),
    fc.record({ type: fc.constant("wait" as const), seconds: fc.constantFrom(1, 15, 70, 320) }),
  ),
  { maxLength: 12 },
);

async function happen(scene: Stage, orderId: string, avatarId: string, happening: Happening): Promise<unknown> {
  const { likeness, provider, deliver, time } = scene;
  const own = provider.requests[0]?.requestId;
  switch (happening.type) {
    case "webhook": {
      const { event } = happening;
      const requestId = event.requestId === "own" && own !== undefined ? own : event.requestId;
      return Promise.all(Array.from({ length: happening.times }, () => deliver(orderId, { ...event, requestId })));
    }
    case "report":
      if (own === undefined) return undefined;
      return provider.report(
        own,
        {
          running: { type: "running", percent: 50 },
          succeeded: { type: "succeeded", outcome: aModel() },
          failed: { type: "failed", detail: "no" },
        }[happening.outcome] as Parameters<typeof provider.report>[1],
      );
    case "start":
      return likeness.trainings.start({ actor: owner, avatarId, idempotencyKey: "the only one" });
    case "cancel":
      return likeness.trainings.cancel({ actor: owner, avatarId });
    case "poll":
      return likeness.operator.look({ orderId });
    case "wait":
      return time.pass(happening.seconds);
  }
}

export function describeAnyOrder(create: CreateStorage, stories: number): void {
  describe("whatever happens, in whatever order and however often", () => {
    it(
      "keeps an outcome, is accepted at most once, and has no model without a result",
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(answers, happenings, async (submitAnswers, story) => {
            const scene = await stage(create);
            const { likeness, draft, provider, training, time, notifier, avatar } = scene;
            for (const answer of submitAnswers) provider.answerNextSubmit(answer);
            const { id: avatarId } = await draft();
            const start = { actor: owner, avatarId, idempotencyKey: "the only one" };
            const { id } = await valueOf(likeness.trainings.start(start));

            const seen: OrderStatus[] = [];
            const look = async () => seen.push((await training(id)).state.status);
            for (const happening of story) {
              await happen(scene, id, avatarId, happening);
              await look();
            }
            await time.until("it is over", async () => isTerminal((await training(id)).state.status));
            await time.pass(130);
            await look();

            const firstEnd = seen.findIndex(isTerminal);
            expect(new Set(seen.slice(firstEnd)).size).toBe(1);
            expect(provider.requests.length).toBeLessThanOrEqual(1);
            // A second POST is allowed only after an answer that proves that nothing was accepted.
            const deferred = submitAnswers.filter(
              (answer) => typeof answer === "object" && answer.type === "submit-deferred",
            );
            expect(provider.submissions.length).toBeLessThanOrEqual(1 + deferred.length);
            expect("outcome" in (await training(id)).state).toBe(seen.at(-1) === "succeeded");
            expect((await avatar(avatarId))?.state.status === "ready").toBe(seen.at(-1) === "succeeded");
            const outcomes = notifier.attempts.filter(({ content }) => content.template !== "training-unconfirmed");
            expect(outcomes).toHaveLength(seen.at(-1) === "cancelled" ? 0 : 1);
            await valueOf(likeness.stop({ graceMs: 0 }));
          }),
          { numRuns: stories },
        );
      },
    );
  });
}
