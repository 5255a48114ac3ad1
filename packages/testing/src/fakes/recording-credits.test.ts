import { expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { aTraining } from "../fixtures/training.ts";
import { recordingCredits } from "./recording-credits.ts";

it("lets every owner pay, refuses or fails when told to, once, and keeps every call", async () => {
  const credits = recordingCredits();
  const training = aTraining();
  credits.refuseNext("no credit left");
  expect(await credits.reserve(training)).toStrictEqual(err({ type: "credits-refused", detail: "no credit left" }));
  expect(credits.lastOf(training.id)).toBeUndefined();
  expect(await credits.reserve(training)).toStrictEqual(ok(undefined));
  credits.failNext("capture");
  expect(await credits.capture(training.id)).toStrictEqual(err({ type: "credits-failure", cause: "on purpose" }));
  expect(credits.lastOf(training.id)).toBe("reserve");
  expect(await credits.capture(training.id)).toStrictEqual(ok(undefined));
  expect(await credits.release(training.id)).toStrictEqual(ok(undefined));
  expect(credits.lastOf(training.id)).toBe("release");
  const methods = ["reserve", "reserve", "capture", "capture", "release"];
  expect(credits.calls).toStrictEqual(methods.map((method) => ({ method, orderId: training.id })));
});
