import fc from "fast-check";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { addSeconds, timestamp, type Timestamp } from "../values/timestamp.ts";
import { advanceOrder, isTerminal, orderLifecycle, type OrderTransition } from "./order-lifecycle.ts";
import type { Order, OrderState, Progress } from "./order.ts";

const at = timestamp(1_800_000_000_000);
const outcome = { weights: { url: "https://files.example/lora.safetensors" } };
const prepared = { input: { archive: "https://a.example/1.zip" } };

const orderIn = (state: OrderState): Order => ({
  id: "order",
  avatarId: "avatar",
  ownerId: "owner",
  provider: "fake",
  idempotencyKey: "key",
  kind: "training",
  snapshot: { endpoint: "fake/trainer", input: {}, manifest: [] },
  state,
  createdAt: at,
  version: 1,
});

const request = { requestId: "r1" };

const later = (seconds: number): Timestamp => addSeconds(at, seconds);

const advance = (state: OrderState, transition: OrderTransition): OrderState =>
  advanceOrder(orderIn(state), transition)._unsafeUnwrap().state;

const requestIds = fc.constantFrom("r1", "r2");
const transitions: fc.Arbitrary<OrderTransition> = fc.oneof(
  fc.record({
    type: fc.constant("submit" as const),
    prepared: fc.constant(prepared),
    at: fc.constant(at),
  }),
  fc.record({
    type: fc.constant("accept" as const),
    request: fc.record({ requestId: requestIds }),
    at: fc.constant(at),
  }),
  fc.constant({ type: "lose" } as const),
  fc.constant({ type: "retry" } as const),
  fc.constant({ type: "reject", reason: "rejected", at } as const),
  fc.record({ type: fc.constant("progress" as const), progress: fc.record({ percent: fc.nat(100) }) }),
  fc.record({
    type: fc.constant("succeed" as const),
    request: fc.record({ requestId: requestIds }),
    outcome: fc.constant(outcome),
    at: fc.constant(at),
  }),
  fc.constant({ type: "fail", reason: "provider_error", at } as const),
  fc.constant({ type: "cancel", at } as const),
);

describe("advanceOrder", () => {
  it("answers an illegal transition with where it stood", () => {
    expect(advanceOrder(orderIn({ status: "requested" }), { type: "lose" })).toStrictEqual(
      err({ type: "illegal-transition", entity: "order", from: "requested", transition: "lose" }),
    );
  });

  it("absorbs everything in a terminal state", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let order = orderIn({ status: "requested" });
        for (const step of steps) {
          const moved = advanceOrder(order, step);
          if (isTerminal(order.state.status)) expect(moved.isErr()).toBe(true);
          order = moved.unwrapOr(order);
        }
      }),
    );
  });

  it("moves exactly as the table says, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let order = orderIn({ status: "requested" });
        for (const step of steps) {
          const row: Partial<Record<string, string>> = orderLifecycle[order.state.status];
          const moved = advanceOrder(order, step);
          expect(moved.map(({ state }) => state.status).unwrapOr("requested")).toBe(row[step.type] ?? "requested");
          expect(moved.isOk()).toBe(step.type in row);
          order = moved.unwrapOr(order);
        }
      }),
    );
  });

  it("crosses the line again only after the provider surely took nothing", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let order = orderIn({ status: "requested" });
        let mayBeAtProvider = false;
        for (const step of steps) {
          const moved = advanceOrder(order, step);
          if (moved.isErr()) continue;
          if (step.type === "submit") {
            expect(mayBeAtProvider).toBe(false);
            mayBeAtProvider = true;
          }
          if (step.type === "retry") mayBeAtProvider = false;
          order = moved.value;
        }
      }),
    );
  });

  it("has an outcome only in succeeded, and a reason in every failed", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        const end = steps.reduce(
          (order, step) => advanceOrder(order, step).unwrapOr(order),
          orderIn({ status: "requested" }),
        );
        expect("outcome" in end.state).toBe(end.state.status === "succeeded");
        expect("reason" in end.state).toBe(end.state.status === "failed");
      }),
    );
  });

  it("never takes percent back, nor the start", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(100), { nil: undefined }), { minLength: 1 }), (percents) => {
        let order = orderIn({
          status: "submitted",
          prepared,
          request: { requestId: "r1" },
          submittedAt: at,
          progress: {},
        });
        let highest: number | undefined;
        for (const percent of percents) {
          if (percent !== undefined) highest = Math.max(highest ?? 0, percent);
          order = advanceOrder(order, { type: "progress", progress: { percent } }).unwrapOr(order);
          expect(order.state.status === "submitted" && order.state.progress.percent).toBe(highest);
        }
      }),
    );
  });

  it("keeps the request it is known by, whatever a later event says", () => {
    const submitted = orderIn({
      status: "submitted",
      prepared,
      request: { requestId: "r1", statusUrl: "https://queue.example/r1/status" },
      submittedAt: at,
      progress: {},
    });
    const done = advanceOrder(submitted, { type: "succeed", request: { requestId: "r1" }, outcome, at });
    expect(done._unsafeUnwrap().state).toStrictEqual({
      status: "succeeded",
      request: { requestId: "r1", statusUrl: "https://queue.example/r1/status" },
      submittedAt: at,
      finishedAt: at,
      outcome,
      prepared,
    });
  });

  it("remembers since when it was on its way, however it succeeded", () => {
    const ways: [OrderState, number][] = [
      [{ status: "submitting", prepared, submitStartedAt: later(1) }, 1],
      [{ status: "unknown", prepared, submitStartedAt: later(2) }, 2],
      [{ status: "submitted", prepared, request, submittedAt: later(3), progress: {} }, 3],
    ];
    for (const [state, seconds] of ways)
      expect(advance(state, { type: "succeed", request, outcome, at: later(600) })).toStrictEqual({
        status: "succeeded",
        request,
        submittedAt: later(seconds),
        finishedAt: later(600),
        outcome,
        prepared,
      });
  });

  it("keeps the request and the photos of what is cancelled, and has none of what was never sent", () => {
    const running: OrderState = { status: "submitted", prepared, request, submittedAt: at, progress: {} };
    expect(advance(running, { type: "cancel", at: later(9) })).toStrictEqual({
      status: "cancelled",
      request,
      prepared,
      finishedAt: later(9),
    });
    expect(advance({ status: "requested" }, { type: "cancel", at: later(9) })).toStrictEqual({
      status: "cancelled",
      finishedAt: later(9),
    });
  });

  it("has no place in a queue once it runs, began once, and is missing only while it is", () => {
    const seen: Progress[] = [
      { position: 2 },
      { percent: 10, startedAt: later(10) },
      { position: 1, percent: 20, startedAt: later(20) },
      { missingSince: later(30) },
      { missingSince: later(40) },
      { percent: 30 },
    ];
    let state: OrderState = { status: "submitted", prepared, request, submittedAt: at, progress: {} };
    const shown = seen.map((progress) => {
      state = advance(state, { type: "progress", progress });
      return state.status === "submitted" && state.progress;
    });
    const startedAt = later(10);
    expect(shown).toStrictEqual([
      { position: 2 },
      { percent: 10, startedAt },
      { percent: 20, startedAt },
      { percent: 20, startedAt, missingSince: later(30) },
      { percent: 20, startedAt, missingSince: later(30) },
      { percent: 30, startedAt },
    ]);
  });
});
