import type { ProviderRequest, Training } from "@likeness/core";
import { testClock, valueOf, type TestClock } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { servedFake, type ServedFake } from "../__fixtures__/served-fake.ts";
import { aSubmittedTraining, aSubmittingTraining, preparedWith, upload } from "../__fixtures__/trainings.ts";
import type { FalFakeBehaviour } from "../testing/index.ts";

const gone = err({ type: "request-not-found" });

/** What is asked first in each operation on an accepted request. */
const routes = [
  ["status", "look"],
  ["cancel", "cancel"],
] as const;

interface Accepted extends ServedFake {
  readonly clock: TestClock;
  readonly training: Training;
  readonly request: ProviderRequest;
}

/** A training that the fake accepted and of which the time stands still. */
async function accepted(behaviour: FalFakeBehaviour = {}): Promise<Accepted> {
  const clock = testClock();
  const served = await servedFake(clock);
  served.fake.control.next({ webhook: "lost", ...behaviour });
  const request = await valueOf(served.provider.submit(await uploaded(served, clock)));
  return { ...served, clock, request, training: aSubmittedTraining(request) };
}

async function uploaded({ provider }: ServedFake, clock: TestClock) {
  const entries = [aPhotoEntry("photo_001.jpg", 1000), aPhotoEntry("photo_002.jpg", 2000)];
  const archiveUrl = await valueOf(upload(provider, { name: "training-1", entries }));
  return { order: aSubmittingTraining(archiveUrl, clock.now()), prepared: preparedWith(archiveUrl) };
}

describe("falProvider", () => {
  it("follows a training from the queue to its model", async () => {
    const { provider, training, request, fake, clock, url } = await accepted({
      queuePosition: 2,
      queueSeconds: 10,
      trainingSeconds: 100,
    });
    const { requestId } = request;
    expect(request.statusUrl).toBe(`${url}/fal-ai/flux-lora-portrait-trainer/requests/${requestId}/status`);

    expect(await provider.look(training)).toStrictEqual(ok({ type: "queued", requestId, position: 2 }));
    await clock.advance(10);
    expect(await provider.look(training)).toStrictEqual(ok({ type: "running", requestId }));
    await clock.advance(42);
    expect(await provider.look(training)).toStrictEqual(ok({ type: "running", requestId, percent: 42 }));
    await clock.advance(58);

    const weights = { url: expect.stringContaining(`${url}/files/`), contentType: "application/octet-stream" };
    expect(await provider.look(training)).toMatchObject(
      ok({
        type: "succeeded",
        requestId,
        ranSeconds: 100,
        outcome: { weights, config: { url: expect.stringMatching(/config\.json$/) } },
      }),
    );
    expect(fake.requests.filter(({ method, path }) => method === "POST" && !path.includes("upload"))).toHaveLength(1);
  });

  it("says what a training failed of", async () => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "error");
    const { requestId } = request;
    expect(await provider.look(training)).toStrictEqual(
      ok({ type: "failed", requestId, detail: "body: Training failed: could not learn from the images" }),
    );
  });

  it("tells a model's own 500 from fal's", async () => {
    const { provider, training, request, fake } = await accepted();
    const { requestId } = request;
    await fake.control.finish(requestId, "error-without-payload");
    fake.control.fault("result", { status: 500, body: { detail: "bad gateway" } });
    expect(await provider.look(training)).toStrictEqual(ok({ type: "failed", requestId, detail: "bad gateway" }));
    expect(await provider.look(training)).toStrictEqual(
      ok({ type: "failed", requestId, detail: "Internal Server Error" }),
    );
  });

  it.each([500, 503])("takes a result answered with %i for trouble that passes, and asks once", async (status) => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "ok");
    fake.control.fault("result", { status, body: { detail: "down" } });
    const before = fake.requests.length;
    expect(await provider.look(training)).toStrictEqual(err({ type: "provider-unavailable", detail: "down" }));
    expect(fake.requests.slice(before)).toHaveLength(2);
    expect(await provider.look(training)).toMatchObject(ok({ requestId: request.requestId }));
  });

  it.each([500, 504])("needs no status for a result that is there: it is answered with %i", async (status) => {
    const { provider, training, request, fake } = await accepted();
    const { requestId } = request;
    fake.control.fault("status", { status, body: { detail: "down" } });
    expect(await provider.look(training)).toStrictEqual(ok({ type: "running", requestId }));
    await fake.control.finish(requestId, "ok");
    fake.control.fault("status", { status, body: { detail: "down" } });
    expect(await provider.look(training)).toMatchObject(ok({ type: "succeeded", requestId }));
  });

  it("passes on how long to wait", async () => {
    const { provider, training, fake } = await accepted();
    const error = err({ type: "provider-unavailable", detail: "slow down", retryAfterSeconds: 12 });
    for (const [route, operation] of routes) {
      fake.control.fault(route, { status: 429, body: { detail: "slow down" }, retryAfter: 12 });
      expect(await provider[operation](training)).toStrictEqual(error);
    }
    fake.control.fault("history", { status: 429, body: { detail: "slow down" }, retryAfter: 12 });
    expect(
      await provider.find(aSubmittingTraining("https://v3.fal.media/a.zip", "2026-11-23T06:00:00.000Z")),
    ).toStrictEqual(error);
  });

  it("takes a dropped connection for trouble that passes", async () => {
    const { provider, training, fake } = await accepted();
    const error = err({ type: "provider-unavailable", detail: expect.stringMatching(/^connection (reset|closed)$/) });
    for (const [route, operation] of routes) {
      fake.control.fault(route, "drop");
      fake.control.fault("result", "drop");
      expect(await provider[operation](training)).toStrictEqual(error);
    }
  });

  it("says when the account may not ask", async () => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "ok");
    const error = err({ type: "provider-refused", status: 403, detail: "User is locked." });
    for (const [route, operation] of routes) {
      fake.control.fault(route, { status: 403, body: { detail: "User is locked." } });
      expect(await provider[operation](training)).toStrictEqual(error);
    }
  });

  it("finds a result that is gone from the queue in fal's list of requests", async () => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "ok");
    const before = await provider.look(training);
    fake.control.expire(request.requestId);
    expect(before).toMatchObject(ok({ type: "succeeded" }));
    expect(await provider.look(training)).toStrictEqual(before);
    expect(fake.requests.at(-1)?.path).toContain("/v1/models/requests/by-endpoint");
  });

  it("finds the error of a training there too", async () => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "error");
    fake.control.fault("status", { status: 404 });
    fake.control.expire(request.requestId);
    const detail = "body: Training failed: could not learn from the images";
    expect(await provider.look(training)).toStrictEqual(ok({ type: "failed", requestId: request.requestId, detail }));
  });

  it.each<[string, 403 | 503, unknown]>([
    ["the key may not read the list", 403, gone],
    ["the list cannot be read now", 503, err({ type: "provider-unavailable", detail: "no" })],
  ])("says of a result that is gone, when %s, what is known", async (_name, status, outcome) => {
    const { provider, training, request, fake } = await accepted();
    await fake.control.finish(request.requestId, "ok");
    fake.control.expire(request.requestId);
    fake.control.fault("history", { status, body: { detail: "no" } });
    expect(await provider.look(training)).toStrictEqual(outcome);
  });

  it("keeps a request id with a slash within its place in the path", async () => {
    const { provider, fake } = await servedFake();
    const strange = aSubmittedTraining({ requestId: "a/b?c" });
    for (const operation of ["look", "cancel"] as const) {
      const before = fake.requests.length;
      await provider[operation](strange);
      expect(fake.requests[before]?.path).toContain("/requests/a%2Fb%3Fc");
    }
  });

  it("does not know requests of other accounts, or none", async () => {
    const { provider } = await servedFake();
    const strange = aSubmittedTraining({ requestId: "00000000-0000-4000-8000-000000000000" });
    const none = aSubmittingTraining("https://v3.fal.media/a.zip", "2026-11-23T06:00:00.000Z");
    for (const training of [strange, none])
      for (const operation of ["look", "cancel"] as const)
        expect(await provider[operation](training)).toStrictEqual(gone);
  });

  it("cancels, and says when it is too late for that", async () => {
    const { provider, training, request, fake } = await accepted({ outcome: "never" });
    const { requestId } = request;
    expect(await provider.cancel(training)).toStrictEqual(ok("requested"));
    expect(await provider.cancel(training)).toStrictEqual(ok("too-late"));
    expect(await provider.look(training)).toMatchObject(ok({ type: "failed", requestId }));
    expect(fake.requests.filter(({ method }) => method === "PUT").map(({ path }) => path)).toContain(
      `/fal-ai/flux-lora-portrait-trainer/requests/${requestId}/cancel`,
    );
  });

  it("goes by the endpoint id when the URLs it was given are on another host than its queue", async () => {
    const { provider, request } = await accepted();
    const moved = (url = "") => url.replace(/^http:\/\/[^/]+/, "https://queue.fal.run");
    const training = aSubmittedTraining({
      requestId: request.requestId,
      statusUrl: moved(request.statusUrl),
      responseUrl: moved(request.responseUrl),
      cancelUrl: moved(request.cancelUrl),
    });
    expect(await provider.look(training)).toMatchObject(ok({ type: "queued" }));
    expect(await provider.cancel(training)).toStrictEqual(ok("requested"));
  });
});

describe("falProvider, when the answer to the submit was lost", () => {
  it.each(["drop-after-accepting", "504-after-accepting", "garbage-after-accepting"] as const)(
    "finds the request of its archive after %s, having posted once",
    async (submit) => {
      const clock = testClock();
      const served = await servedFake(clock);
      const { provider, fake } = served;
      fake.control.history("all");
      const other = await uploaded(served, clock);
      await valueOf(provider.submit(other));
      const submission = await uploaded(served, clock);
      fake.control.next({ submit });
      expect((await provider.submit(submission))._unsafeUnwrapErr().type).toBe("submit-unconfirmed");

      const [, lost] = fake.control.accepted();
      expect(await provider.find(submission.order)).toStrictEqual(ok({ requestId: lost?.requestId }));
      expect(fake.control.accepted()).toHaveLength(2);
    },
  );

  it("finds nothing of what never arrived", async () => {
    const clock = testClock();
    const served = await servedFake(clock);
    const submission = await uploaded(served, clock);
    served.fake.control.next({ submit: "drop-before-accepting" });
    expect((await served.provider.submit(submission))._unsafeUnwrapErr().type).toBe("submit-unconfirmed");
    expect(await served.provider.find(submission.order)).toStrictEqual(ok(undefined));
  });

  it("looks for nothing where nothing was lost", async () => {
    const { provider, training, fake } = await accepted();
    const before = fake.requests.length;
    expect(await provider.find(training)).toStrictEqual(ok(undefined));
    expect(fake.requests).toHaveLength(before);
  });
});
