import {
  isTerminal,
  type AvatarState,
  type NotificationContent,
  type Order,
  type OrderStatus,
  type WebhookEvent,
} from "@likeness/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SubmitAnswer } from "../fakes/fake-provider.ts";
import { valueOf } from "../results/value-of.ts";
import { openOrderStage, type OrderStage } from "./order-stage.ts";
import type { CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** One thing that happens to an order, in any status. */
type OrderStep =
  | { readonly type: "webhook"; readonly event: WebhookEvent; readonly times: number }
  | { readonly type: "report"; readonly outcome: "running" | "succeeded" | "failed" }
  | { readonly type: "place" | "cancel" | "poll" }
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

/** `own` stands for the id that the provider gave the order. */
const requestIds = fc.constantFrom("own", "another");
const eventsOf = (kind: TestedKind): fc.Arbitrary<WebhookEvent> =>
  fc.oneof(
    fc.record({ type: fc.constant("queued" as const), requestId: requestIds }),
    fc.record({ type: fc.constant("running" as const), requestId: requestIds, percent: fc.nat(100) }),
    fc.record({ type: fc.constant("finished" as const), requestId: requestIds }),
    fc.record({ type: fc.constant("succeeded" as const), requestId: requestIds, outcome: fc.constant(kind.outcome()) }),
    fc.record({ type: fc.constant("failed" as const), requestId: requestIds, detail: fc.constant("no") }),
  );

const storiesOf = (kind: TestedKind): fc.Arbitrary<OrderStep[]> =>
  fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant("webhook" as const),
        event: eventsOf(kind),
        times: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({
        type: fc.constant("report" as const),
        outcome: fc.constantFrom("running" as const, "succeeded" as const, "failed" as const),
      }),
      fc.record({ type: fc.constantFrom("place" as const, "cancel" as const, "poll" as const) }),
      fc.record({ type: fc.constant("wait" as const), seconds: fc.constantFrom(1, 15, 70, 320) }),
    ),
    { maxLength: 12 },
  );

const key = "the only one";

async function take(stage: OrderStage, kind: TestedKind, order: Order, step: OrderStep): Promise<unknown> {
  const { id: orderId, avatarId } = order;
  const { likeness, provider, deliver, time } = stage;
  const own = provider.requests[0]?.requestId;
  switch (step.type) {
    case "webhook": {
      const { event } = step;
      const requestId = event.requestId === "own" && own !== undefined ? own : event.requestId;
      return Promise.all(Array.from({ length: step.times }, () => deliver(orderId, { ...event, requestId })));
    }
    case "report":
      if (own === undefined) return undefined;
      return provider.report(
        own,
        {
          running: { type: "running", percent: 50 },
          succeeded: { type: "succeeded", outcome: kind.outcome() },
          failed: { type: "failed", detail: "no" },
        }[step.outcome] as Parameters<typeof provider.report>[1],
      );
    case "place":
      return kind.place(stage, { avatarId, key });
    case "cancel":
      return kind.cancel(stage, order);
    case "poll":
      return likeness.operator.look({ operator: "olga", orderId });
    case "wait":
      return time.pass(step.seconds);
  }
}

/** What every end makes of the avatar, and what is told of it. */
function consequences(kind: TestedKind, { id, state }: Order): readonly [AvatarState, readonly NotificationContent[]] {
  switch (state.status) {
    case "succeeded":
      return [kind.avatar.succeeded(id), kind.told.succeeded("stored")];
    case "failed":
      return [kind.avatar.failed(id, state.reason), kind.told.failed(state.reason)];
    default:
      return [kind.avatar.cancelled, []];
  }
}

export function describeAnyOrder(create: CreateStorage, kind: TestedKind, stories: number): void {
  describe("whatever happens, in whatever order and however often", () => {
    it(
      "keeps an outcome, is accepted at most once, and has no outcome without a result",
      { timeout: 120_000 },
      async () => {
        await fc.assert(
          fc.asyncProperty(answers, storiesOf(kind), async (submitAnswers, story) => {
            const stage = await openOrderStage(create, kind);
            const { likeness, draft, provider, order, time, told, avatar } = stage;
            for (const answer of submitAnswers) provider.answerNextSubmit(answer);
            const { id: avatarId } = await draft(kind.photos);
            const placed = await valueOf(kind.place(stage, { avatarId, key }));
            const { id } = placed;

            const seen: OrderStatus[] = [];
            const look = async () => seen.push((await order(id)).state.status);
            for (const step of story) {
              await take(stage, kind, placed, step);
              await look();
            }
            await time.until("it is over", async () => isTerminal((await order(id)).state.status));
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
            const ended = await order(id);
            expect("outcome" in ended.state).toBe(seen.at(-1) === "succeeded");
            const [becomes, isTold] = consequences(kind, ended);
            expect((await avatar(avatarId))?.state).toStrictEqual(becomes);
            const onTheWay = kind.told.unconfirmed.map(({ template }) => template);
            const templates = told().map(({ template }) => template);
            expect(templates.filter((template) => !onTheWay.includes(template))).toStrictEqual(
              isTold.map(({ template }) => template),
            );
            await valueOf(likeness.stop({ graceMs: 0 }));
          }),
          { numRuns: stories },
        );
      },
    );
  });
}
