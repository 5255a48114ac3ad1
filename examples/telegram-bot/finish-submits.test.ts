import { jobKinds, systemClock, type ProviderRequest, type TrainingProvider } from "@likeness/core";
import { aProviderRequest, aTraining, fakeTrainingProvider, memoryStore, valueOf } from "@likeness/testing";
import { okAsync, ResultAsync } from "neverthrow";
import { describe, expect, it, vi } from "vitest";
import { finishSubmits } from "./finish-submits.ts";

/** A queue with one job of a kind under way, which asks the provider and then notes the answer. */
async function underWay(kind: string, provider: TrainingProvider) {
  const { queue: plain } = memoryStore({ clock: systemClock });
  const { queue, provider: watched } = finishSubmits(provider, plain);
  const training = aTraining("submitting");
  const noted: string[] = [];
  await valueOf(
    queue.start({
      [kind]: () =>
        watched
          .submit({ training, archiveUrl: "https://files.example/a.zip" })
          .map(({ requestId }) => void noted.push(requestId))
          .map(() => ({ type: "done" }) as const)
          .orElse(() => okAsync({ type: "done" } as const)),
    }),
  );
  await valueOf(queue.enqueue({ kind, key: training.id, payload: null }));
  return { queue, noted };
}

/** A provider that answers a submit when the test says so. */
function slowProvider() {
  let answer = (_request: ProviderRequest): void => undefined;
  let asked = false;
  const provider: TrainingProvider = {
    ...fakeTrainingProvider(),
    submit: () => {
      asked = true;
      return ResultAsync.fromSafePromise(new Promise((resolve) => (answer = resolve)));
    },
  };
  return {
    provider,
    asked: () => vi.waitFor(() => expect(asked).toBe(true)),
    answer: (requestId: string) => answer(aProviderRequest({ requestId })),
  };
}

describe("finishSubmits", () => {
  it("stops only when the answer to a paid request is noted, whatever the grace", async () => {
    const { provider, asked, answer } = slowProvider();
    const { queue, noted } = await underWay(jobKinds.submitTraining, provider);
    await asked();
    let stopped = false;
    const stop = valueOf(queue.stop({ graceMs: 0 })).then(() => (stopped = true));
    await new Promise(setImmediate);
    expect({ stopped, noted }).toStrictEqual({ stopped: false, noted: [] });
    answer("R");
    await stop;
    expect(noted).toStrictEqual(["R"]);
  });

  it("does not wait for anything else", async () => {
    const { provider, asked } = slowProvider();
    const { queue, noted } = await underWay("other", provider);
    await asked();
    await valueOf(queue.stop({ graceMs: 0 }));
    expect(noted).toStrictEqual([]);
  });

  it("has forgotten a request that was answered", async () => {
    const { queue, noted } = await underWay(jobKinds.submitTraining, fakeTrainingProvider());
    await vi.waitFor(() => expect(noted).toHaveLength(1));
    await valueOf(queue.stop({ graceMs: 0 }));
  });
});
