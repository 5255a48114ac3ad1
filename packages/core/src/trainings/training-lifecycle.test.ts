import fc from "fast-check";
import { err } from "neverthrow";
import { describe, expect, it } from "vitest";
import { addSeconds, timestamp, type Timestamp } from "../values/timestamp.ts";
import { advanceTraining, isTerminal, trainingLifecycle, type TrainingTransition } from "./training-lifecycle.ts";
import type { Progress, Training, TrainingState } from "./training.ts";

const at = timestamp(1_800_000_000_000);
const model = { weights: { url: "https://files.example/lora.safetensors" } };

const trainingIn = (state: TrainingState): Training => ({
  id: "training",
  avatarId: "avatar",
  ownerId: "owner",
  provider: "fake",
  idempotencyKey: "key",
  snapshot: {
    kind: "portrait",
    preset: "fast",
    endpoint: "fake/trainer",
    inferenceEndpoint: "fake/images",
    input: {},
    archiveField: "archive",
    weightsField: "weights",
    configField: "config",
    steps: 10,
    trigger: "TOK_00000000",
    manifest: [],
  },
  state,
  createdAt: at,
  version: 1,
});

const archiveUrl = "https://a.example/1.zip";
const request = { requestId: "r1" };

const later = (seconds: number): Timestamp => addSeconds(at, seconds);

const advance = (state: TrainingState, transition: TrainingTransition): TrainingState =>
  advanceTraining(trainingIn(state), transition)._unsafeUnwrap().state;

const requestIds = fc.constantFrom("r1", "r2");
const transitions: fc.Arbitrary<TrainingTransition> = fc.oneof(
  fc.record({
    type: fc.constant("submit" as const),
    archiveUrl: fc.constant("https://a.example/1.zip"),
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
    model: fc.constant(model),
    at: fc.constant(at),
  }),
  fc.constant({ type: "fail", reason: "provider_error", at } as const),
  fc.constant({ type: "cancel", at } as const),
);

describe("advanceTraining", () => {
  it("answers an illegal transition with where it stood", () => {
    expect(advanceTraining(trainingIn({ status: "requested" }), { type: "lose" })).toStrictEqual(
      err({ type: "illegal-transition", entity: "training", from: "requested", transition: "lose" }),
    );
  });

  it("absorbs everything in a terminal state", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let training = trainingIn({ status: "requested" });
        for (const step of steps) {
          const moved = advanceTraining(training, step);
          if (isTerminal(training.state.status)) expect(moved.isErr()).toBe(true);
          training = moved.unwrapOr(training);
        }
      }),
    );
  });

  it("moves exactly as the table says, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let training = trainingIn({ status: "requested" });
        for (const step of steps) {
          const row: Partial<Record<string, string>> = trainingLifecycle[training.state.status];
          const moved = advanceTraining(training, step);
          expect(moved.map(({ state }) => state.status).unwrapOr("requested")).toBe(row[step.type] ?? "requested");
          expect(moved.isOk()).toBe(step.type in row);
          training = moved.unwrapOr(training);
        }
      }),
    );
  });

  it("crosses the line again only after the provider surely took nothing", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        let training = trainingIn({ status: "requested" });
        let mayBeAtProvider = false;
        for (const step of steps) {
          const moved = advanceTraining(training, step);
          if (moved.isErr()) continue;
          if (step.type === "submit") {
            expect(mayBeAtProvider).toBe(false);
            mayBeAtProvider = true;
          }
          if (step.type === "retry") mayBeAtProvider = false;
          training = moved.value;
        }
      }),
    );
  });

  it("has a model only in succeeded, and a reason in every failed", () => {
    fc.assert(
      fc.property(fc.array(transitions, { maxLength: 40 }), (steps) => {
        const end = steps.reduce(
          (training, step) => advanceTraining(training, step).unwrapOr(training),
          trainingIn({ status: "requested" }),
        );
        expect("model" in end.state).toBe(end.state.status === "succeeded");
        expect("reason" in end.state).toBe(end.state.status === "failed");
      }),
    );
  });

  it("never takes percent back, nor the start", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(100), { nil: undefined }), { minLength: 1 }), (percents) => {
        let training = trainingIn({
          status: "submitted",
          archiveUrl: "https://a.example/1.zip",
          request: { requestId: "r1" },
          submittedAt: at,
          progress: {},
        });
        let highest: number | undefined;
        for (const percent of percents) {
          if (percent !== undefined) highest = Math.max(highest ?? 0, percent);
          training = advanceTraining(training, { type: "progress", progress: { percent } }).unwrapOr(training);
          expect(training.state.status === "submitted" && training.state.progress.percent).toBe(highest);
        }
      }),
    );
  });

  it("keeps the request it is known by, whatever a later event says", () => {
    const submitted = trainingIn({
      status: "submitted",
      archiveUrl: "https://a.example/1.zip",
      request: { requestId: "r1", statusUrl: "https://queue.example/r1/status" },
      submittedAt: at,
      progress: {},
    });
    const done = advanceTraining(submitted, { type: "succeed", request: { requestId: "r1" }, model, at });
    expect(done._unsafeUnwrap().state).toStrictEqual({
      status: "succeeded",
      request: { requestId: "r1", statusUrl: "https://queue.example/r1/status" },
      submittedAt: at,
      finishedAt: at,
      model,
      archiveUrl: "https://a.example/1.zip",
    });
  });

  it("remembers since when it was on its way, however it succeeded", () => {
    const ways: [TrainingState, number][] = [
      [{ status: "submitting", archiveUrl, submitStartedAt: later(1) }, 1],
      [{ status: "unknown", archiveUrl, submitStartedAt: later(2) }, 2],
      [{ status: "submitted", archiveUrl, request, submittedAt: later(3), progress: {} }, 3],
    ];
    for (const [state, seconds] of ways)
      expect(advance(state, { type: "succeed", request, model, at: later(600) })).toStrictEqual({
        status: "succeeded",
        request,
        submittedAt: later(seconds),
        finishedAt: later(600),
        model,
        archiveUrl,
      });
  });

  it("keeps the request and the photos of what is cancelled, and has none of what was never sent", () => {
    const running: TrainingState = { status: "submitted", archiveUrl, request, submittedAt: at, progress: {} };
    expect(advance(running, { type: "cancel", at: later(9) })).toStrictEqual({
      status: "cancelled",
      request,
      archiveUrl,
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
    let state: TrainingState = { status: "submitted", archiveUrl, request, submittedAt: at, progress: {} };
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
