import { describe, expect, it } from "vitest";
import type { Provider } from "@likeness/core";
import { err, ok, okAsync } from "neverthrow";
import { testClock } from "../clock/test-clock.ts";
import { describeProvider } from "../contracts/provider/describe-provider.ts";
import type { CreateProvider, ScriptedSubmit } from "../contracts/provider/subject.ts";
import { anArchive } from "../fixtures/archive.ts";
import { aModel } from "../fixtures/model.ts";
import { aPictureFile } from "../fixtures/image-order.ts";
import { aProfile } from "../fixtures/profile.ts";
import { someRecipes } from "../fixtures/recipes.ts";
import { aPrepared, aTraining } from "../fixtures/training.ts";
import { valueOf } from "../results/value-of.ts";
import { fakeProvider, uploadOf, type SubmitAnswer } from "./fake-provider.ts";
import type { ProviderReport } from "./running-request.ts";

const answers: Record<ScriptedSubmit, SubmitAnswer> = {
  refused: { type: "submit-refused", status: 422, detail: "bad input" },
  deferred: { type: "submit-deferred", detail: "too many requests", retryAfterSeconds: 30 },
  lost: { type: "submit-unconfirmed", detail: "no answer" },
  unconfirmed: "accept-silently",
};

const reports: Record<string, ProviderReport> = {
  queued: { type: "queued", position: 3 },
  running: { type: "running", percent: 40 },
  succeeded: { type: "succeeded", outcome: { ...aModel(), picture: aPictureFile() } },
  failed: { type: "failed", detail: "out of memory" },
};

const createSubject: CreateProvider = async () => {
  const provider = fakeProvider();
  return {
    provider,
    picture: { recipe: someRecipes().image },
    profile: aProfile(),
    clock: testClock(),
    control: {
      answerNextSubmit: (answer) => provider.answerNextSubmit(answers[answer]),
      submits: () => provider.submissions.length,
      move: (requestId, to) => provider.report(requestId, reports[to] ?? { type: "queued" }),
    },
  };
};

describeProvider("fake", createSubject, ["training", "image"]);

/** It packs nothing: it is told where our copies of the photos can be read. */
const linking: CreateProvider = async () => {
  const subject = await createSubject();
  const provider: Provider = {
    ...subject.provider,
    prepare: (_, { entries }) =>
      okAsync({ input: { image_urls: entries.map(({ blobKey }) => `https://photos.example/${blobKey}`) } }),
    // Two orders of the same photos have the same addresses, so nothing tells them apart.
    find: undefined,
    cancel: undefined,
    erase: undefined,
  };
  return { ...subject, provider };
};

describeProvider("fake that takes a list of addresses", linking, ["training"], { readsPhotos: false });

describe("fakeProvider", () => {
  const training = aTraining("submitting");
  const submission = {
    order: training,
    prepared: aPrepared("https://files.example/a.zip"),
    webhookUrl: "https://likeness.example/hook",
  };

  it("keeps every submission, and what was uploaded", async () => {
    const provider = fakeProvider();
    provider.answerNextSubmit(answers.refused);
    expect(await provider.submit(submission)).toStrictEqual(err(answers.refused));
    const request = await valueOf(provider.submit(submission));
    expect(provider.submissions).toStrictEqual([submission, submission]);
    expect(provider.requests).toStrictEqual([request]);
    const prepared = await valueOf(provider.prepare(training, anArchive()));
    expect(provider.uploads.get(uploadOf(prepared) ?? "")?.map(({ file }) => file)).toStrictEqual([
      "photo_001.jpg",
      "photo_002.jpg",
      "photo_003.jpg",
    ]);
  });

  it("lets something happen between acceptance and answer", async () => {
    const provider = fakeProvider();
    const seen: unknown[] = [];
    provider.answerNextSubmit("accept", async (request) => seen.push(request, provider.requests.length));
    const request = await valueOf(provider.submit(submission));
    expect(seen).toStrictEqual([request, 1]);
  });

  it("says its reports one look at a time, and forgets when told to", async () => {
    const provider = fakeProvider();
    const request = await valueOf(provider.submit(submission));
    const { requestId } = request;
    const running = { ...aTraining("submitted"), state: { ...submitted(), request } };
    provider.report(requestId, { type: "queued", position: 1 }, { type: "running", percent: 7 });
    const looks = [await provider.look(running), await provider.look(running), await provider.look(running)];
    expect(looks).toStrictEqual([
      ok({ type: "queued", position: 1, requestId }),
      ok({ type: "running", percent: 7, requestId }),
      ok({ type: "running", percent: 7, requestId }),
    ]);
    provider.forget(requestId);
    expect(await provider.look(running)).toStrictEqual(err({ type: "request-not-found" }));
  });

  it("fails a call when told to, once, and counts it", async () => {
    const provider = fakeProvider();
    const down = { type: "provider-unavailable", detail: "503" } as const;
    provider.failNext("find", down);
    expect(await provider.find(training)).toStrictEqual(err(down));
    expect(await provider.find(training)).toStrictEqual(ok(undefined));
    expect(provider.calls).toStrictEqual(["find", "find"]);
  });
});

function submitted() {
  const { state } = aTraining("submitted");
  if (state.status !== "submitted") throw new Error("the fixture is not what it says");
  return state;
}
