import type { Prepared } from "@likeness/core";
import { anArchive, anArchiveEntry, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { aPicture, aRequestedTraining, snapshot, submitted, submitting } from "../__fixtures__/orders.ts";
import { destination, fakeStage, hosts, token } from "../__fixtures__/fake-stage.ts";
import { replicateProvider } from "./replicate-provider.ts";
import { reasonIn } from "./run.ts";

const addressIn = ({ input }: Prepared, field: string): string => z.string().parse(input[field]);

const weightsOk = { value: { input: { lora_weights: "https://files.example/b1.safetensors?signature=1" } } };
const refused = { error: { type: "provider-refused", status: 0 } };
const unavailable = { error: { type: "provider-unavailable" } };

const pictureWithWeights = aPicture(7, { weightsField: "lora_weights" });

/** A training that is prepared and about to be submitted. */
async function readyTraining(stage = fakeStage()) {
  const order = aRequestedTraining();
  const prepared = await valueOf(stage.provider.prepare(order, anArchive()));
  return { ...stage, order, prepared, submission: { order: submitting(order, prepared), prepared } };
}

describe("preparing", () => {
  it("uploads one zip of all photos and makes the destination, private", async () => {
    const { fake, prepared } = await readyTraining();
    const url = addressIn(prepared, "input_images");
    expect(
      Buffer.from(fake.upload(url) ?? [])
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
    expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toStrictEqual([
      `GET /v1/models/${destination}`,
      "POST /v1/models",
      "POST /v1/files",
    ]);
  });

  it("asks for the destination once, and refuses one that is public", async () => {
    const stage = await readyTraining();
    await valueOf(stage.provider.prepare(stage.order, anArchive()));
    expect(stage.fake.requests.filter(({ path }) => path.includes("/models"))).toHaveLength(2);
    stage.fake.control.makePublic(destination);
    const other = replicateProvider({ token, destination, hosts, fetch: stage.fetch, clock: stage.clock });
    expect(await other.prepare(stage.order, anArchive())).toMatchObject({
      error: { type: "provider-refused", detail: "the destination of trainings is not private" },
    });
  });

  it("uploads the picture that another one is made from, and takes no other file", async () => {
    const { provider, fake } = fakeStage();
    const picture = aPicture();
    const order = { ...picture, snapshot: { ...picture.snapshot, sourceField: "image" } };
    const prepared = await valueOf(
      provider.prepare(order, { name: "1", entries: [anArchiveEntry("source", "bytes")] }),
    );
    expect(Buffer.from(fake.upload(addressIn(prepared, "image")) ?? []).toString()).toBe("bytes");
    const config = await provider.prepare(order, { name: "1", entries: [anArchiveEntry("config", "bytes")] });
    expect(config).toMatchObject({ error: { type: "provider-refused", status: 0 } });
  });

  it.each<[string, ((blobKey: string) => string) | undefined, object]>([
    ["the address that the host gives", (key) => `https://files.example/${key}.safetensors?signature=1`, weightsOk],
    ["none that Replicate does not read", (key) => `https://files.example/${key}`, refused],
    ["none that tells the format in its query only", (key) => `https://files.example/${key}?f=.safetensors`, refused],
    ["none that others can read on the way", (key) => `http://files.example/${key}.safetensors`, refused],
    ["nothing where the host gives no addresses", undefined, refused],
    [
      "nothing while there is none",
      () => {
        throw new Error("the store is away");
      },
      unavailable,
    ],
  ])("names our copy of weights by %s", async (_, weightsAddress, answer) => {
    const { fetch, clock, fake } = fakeStage();
    const provider = replicateProvider({ token, destination, hosts, fetch, clock, weightsAddress });
    const entries = [{ ...anArchiveEntry("weights", "bytes"), blobKey: "b1" }];
    expect(await provider.prepare(pictureWithWeights, { name: "1", entries })).toMatchObject(answer);
    expect(fake.requests).toStrictEqual([]);
  });

  it("refuses more than Replicate takes before it reads a photo", async () => {
    const { provider } = fakeStage();
    const entries = [{ ...anArchiveEntry("photo_001.jpg"), bytes: 101 * 1024 * 1024 }];
    expect(await provider.prepare(aRequestedTraining(), { name: "1", entries })).toMatchObject({
      error: { type: "provider-refused", status: 413 },
    });
  });
});

describe("submitting", () => {
  it("sends the input, the destination and where to report", async () => {
    const { provider, fake, submission, fetch } = await readyTraining();
    const webhookUrl = "https://bot.example/webhooks/training?order=1&token=2";
    const { requestId } = await valueOf(provider.submit({ ...submission, webhookUrl }));
    const seen = await fetch(`${hosts.api}/v1/trainings/${requestId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(await seen.json()).toMatchObject({
      model: "replicate/fast-flux-trainer",
      input: {
        trigger_word: snapshot.trigger,
        training_steps: 1000,
        lora_type: "subject",
        ...submission.prepared.input,
      },
      webhook: webhookUrl,
      webhook_events_filter: ["completed"],
    });
    expect(fake.requests.filter(({ path }) => path.endsWith("/trainings"))).toHaveLength(1);
  });

  it("is refused for a version that Replicate does not know", async () => {
    const { provider, submission } = await readyTraining();
    const endpoint = `replicate/fast-flux-trainer:${"0".repeat(64)}`;
    const order = { ...submission.order, snapshot: { ...submission.order.snapshot, endpoint } };
    expect(await provider.submit({ ...submission, order })).toStrictEqual(
      err({
        type: "submit-refused",
        status: 422,
        detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
      }),
    );
  });

  it.each(["replicate/fast-flux-trainer", "https://evil.example/x", "../models:1"])(
    "sends nothing for a trainer that is %s",
    async (endpoint) => {
      const { provider, submission, fake } = await readyTraining();
      const before = fake.requests.length;
      const order = { ...submission.order, snapshot: { ...submission.order.snapshot, endpoint } };
      expect(await provider.submit({ ...submission, order })).toMatchObject({
        error: { type: "submit-refused", status: 0 },
      });
      expect(fake.requests).toHaveLength(before);
    },
  );

  it("waits as long as a throttled answer says, also in words", async () => {
    const { provider, submission, fake } = await readyTraining();
    fake.control.next({ submit: { status: 429, retryAfter: 12 } });
    expect(await provider.submit(submission)).toMatchObject({
      error: { type: "submit-deferred", retryAfterSeconds: 12 },
    });
  });

  it.each([
    [402, "submit-refused"],
    [409, "submit-refused"],
    [408, "submit-unconfirmed"],
    [500, "submit-unconfirmed"],
    [504, "submit-unconfirmed"],
  ] as const)("takes a %i for %s", async (status, type) => {
    const { provider, submission, fake } = await readyTraining();
    fake.control.next({ submit: { status } });
    expect(await provider.submit(submission)).toMatchObject({ error: { type } });
  });
});

describe("a request whose answer was lost", () => {
  it("is sent once, and found though a hundred others are newer", async () => {
    const stage = await readyTraining();
    const { provider, fake, submission } = stage;
    fake.control.always({ outcome: "never" });
    fake.control.next({ submit: "drop-after-accepting", outcome: "never" });
    expect(await provider.submit(submission)).toMatchObject({ error: { type: "submit-unconfirmed" } });
    for (let count = 0; count < 120; count++) {
      const prepared = { input: { input_images: `${hosts.api}/v1/files/${count}` } };
      await valueOf(provider.submit({ order: submitting(aRequestedTraining(), prepared), prepared }));
    }
    const found = await valueOf(provider.find(submission.order));
    expect(found?.requestId).toMatch(/./);
    expect(await provider.look(submitted(stage.order, found?.requestId ?? ""))).toMatchObject({
      value: { type: "queued" },
    });
    expect(fake.requests.filter(({ path }) => path.endsWith("/trainings") && path.includes("/versions/"))).toHaveLength(
      121,
    );
  });

  it("is not looked for before it was submitted", async () => {
    const stage = await readyTraining();
    await stage.clock.advance(3600);
    const later = aRequestedTraining();
    expect(await stage.provider.find(later)).toStrictEqual(ok(undefined));
  });

  it("is found by seed and prompt where it is a picture", async () => {
    const { provider, fake } = fakeStage();
    fake.control.next({ submit: "drop-after-accepting", outcome: "never" });
    const order = submitting(aPicture(7), { input: {} });
    expect((await provider.submit({ order, prepared: { input: {} } })).isErr()).toBe(true);
    expect(await provider.find(order)).toMatchObject({ value: { requestId: expect.stringMatching(/./) } });
    expect(await provider.find(submitting(aPicture(8), { input: {} }))).toStrictEqual(ok(undefined));
  });
});

describe("looking", () => {
  it.each([
    ["canceled", "it was cancelled at Replicate"],
    ["aborted", "Replicate gave it up before it began"],
  ] as const)(
    "says of a training that was %s that it has failed, so that its owner hears of it",
    async (to, detail) => {
      const { provider, fake, submission, order } = await readyTraining();
      fake.control.next({ outcome: "never" });
      const { requestId } = await valueOf(provider.submit(submission));
      await fake.control.move(requestId, to);
      expect(await provider.look(submitted(order, requestId))).toStrictEqual(ok({ type: "failed", requestId, detail }));
    },
  );

  it("reads the percentage of the bar with the ordered steps, and not of the captions", async () => {
    const { provider, submission, order, clock } = await readyTraining(fakeStage({ queueSeconds: 1, runSeconds: 100 }));
    const { requestId } = await valueOf(provider.submit(submission));
    await clock.advance(41);
    expect(await provider.look(submitted(order, requestId))).toStrictEqual(
      ok({ type: "running", requestId, percent: 40 }),
    );
  });

  it("says how long it ran", async () => {
    const { provider, submission, order, clock } = await readyTraining(fakeStage({ runSeconds: 90 }));
    const { requestId } = await valueOf(provider.submit(submission));
    await clock.advance(100);
    expect(await provider.look(submitted(order, requestId))).toMatchObject({
      value: { type: "succeeded", ranSeconds: 90, outcome: { weights: { url: expect.stringContaining(".tar") } } },
    });
  });

  it("says that a picture is blocked when Replicate's filter took it out", async () => {
    const { provider, fake, clock } = fakeStage();
    fake.control.next({ outcome: "flagged" });
    const order = aPicture();
    const { requestId } = await valueOf(provider.submit({ order, prepared: { input: {} } }));
    await clock.advance(10);
    expect(await provider.look(submitted(order, requestId))).toMatchObject({
      value: { type: "failed", reason: "content_blocked" },
    });
  });

  it("says that weights are gone when the model could not read them", async () => {
    const { provider, fake, clock } = fakeStage();
    fake.control.next({ outcome: "input-gone" });
    const order = aPicture();
    const { requestId } = await valueOf(provider.submit({ order, prepared: { input: {} } }));
    await clock.advance(10);
    expect(await provider.look(submitted(order, requestId))).toMatchObject({
      value: {
        type: "failed",
        reason: "input_gone",
        detail: "Weights not found at the supplied URL. Please check the URL.",
      },
    });
  });

  // As the code of the official model says them: https://github.com/replicate/cog-flux/blob/main/weights.py.
  it.each([
    "Failed to download tarball: Command '['pget', '-x', 'https://replicate.delivery/a.tar', '/tmp/x']' returned non-zero exit status 1.",
    "Failed to download safetensors file: Error: unexpected http status",
    "Authorization to download weights failed. Please check to see if an API key is needed and if so pass in with the URL.",
  ])("says the same for %j", (error) => {
    expect(reasonIn(error)).toBe("input_gone");
  });

  it("has lost a picture that was not fetched within an hour", async () => {
    const { provider, clock } = fakeStage();
    const order = aPicture();
    const { requestId } = await valueOf(provider.submit({ order, prepared: { input: {} } }));
    await clock.advance(10);
    expect(await provider.look(submitted(order, requestId))).toMatchObject({
      value: { type: "succeeded", outcome: { picture: { url: expect.stringContaining(".png") } } },
    });
    await clock.advance(3600);
    expect(await provider.look(submitted(order, requestId))).toStrictEqual(err({ type: "request-not-found" }));
  });
});

describe("erasing", () => {
  const partly = (detail: string) =>
    err({ type: "provider-refused", status: 0, detail: expect.stringContaining(detail) });

  /** A training that has ended, and what was deleted since. */
  async function endedTraining() {
    const stage = await readyTraining();
    const { provider, submission, order, clock, fake, prepared } = stage;
    const { requestId } = await valueOf(provider.submit(submission));
    const trace = { orderId: order.id, endpoint: order.snapshot.endpoint, prepared, requestId };
    const deleted = () => fake.requests.filter(({ method }) => method === "DELETE").map(({ status }) => status);
    return { ...stage, trace, deleted, end: () => clock.advance(60) };
  }

  it("deletes the upload and the version with the weights, and says what stays", async () => {
    const { provider, fake, trace, prepared, deleted, end, order, fetch } = await endedTraining();
    await end();
    const seen = await provider.look(submitted(order, trace.requestId));
    const url = seen.isOk() && seen.value.type === "succeeded" ? (seen.value.outcome["weights"]?.url ?? "") : "";
    expect((await fetch(url)).status).toBe(200);
    expect(await provider.erase(trace)).toStrictEqual(partly("record of a training"));
    expect(deleted()).toStrictEqual([204, 202]);
    expect((await fetch(url)).status).toBe(404);
    expect(fake.upload(addressIn(prepared, "input_images"))).toBeUndefined();
    expect(await provider.erase(trace)).toStrictEqual(partly("record of a training"));
  });

  it("stops one that runs, and waits until it has ended", async () => {
    const { provider, fake, trace } = await endedTraining();
    expect(await provider.erase(trace)).toMatchObject({
      error: { type: "provider-unavailable", retryAfterSeconds: 60 },
    });
    expect(fake.runs().map(({ status }) => status)).toStrictEqual(["canceled"]);
    expect(await provider.erase(trace)).toStrictEqual(partly("record of a training"));
  });

  it("finds one whose answer was lost, by its upload", async () => {
    const { provider, fake, trace, submission } = await endedTraining();
    const { requestId: _lost, ...without } = trace;
    const { state } = submission.order;
    const submitStartedAt = state.status === "submitting" ? state.submitStartedAt : undefined;
    expect(await provider.erase({ ...without, submitStartedAt })).toMatchObject({
      error: { type: "provider-unavailable" },
    });
    expect(fake.runs()[0]?.status).toBe("canceled");
  });

  it("deletes the photos even while the run cannot be read", async () => {
    const { fetch, clock, trace, prepared, fake } = await endedTraining();
    const unreadable: typeof fetch = async (input, init) =>
      (init?.method ?? "GET") === "GET" ? Response.json({}, { status: 503 }) : fetch(input, init);
    const away = replicateProvider({ token, destination, hosts, fetch: unreadable, clock });
    expect(await away.erase(trace)).toMatchObject({ error: { type: "provider-unavailable" } });
    expect(fake.upload(addressIn(prepared, "input_images"))).toBeUndefined();
  });

  it("deletes no version of another model, whatever a run says", async () => {
    const { fetch, clock, trace, end, deleted } = await endedTraining();
    await end();
    const other = replicateProvider({ token, destination: "acme/other", hosts, fetch, clock });
    expect((await other.erase(trace)).isErr()).toBe(true);
    expect(deleted()).toStrictEqual([204]);
  });

  it("says when to ask again about a picture, until Replicate has removed it", async () => {
    const { provider, fake, clock } = fakeStage();
    const {
      id: orderId,
      snapshot: { endpoint },
    } = aPicture();
    fake.control.next({ outcome: "never" });
    const { requestId } = await valueOf(provider.submit({ order: aPicture(), prepared: { input: {} } }));
    const erase = () => provider.erase({ orderId, endpoint, requestId });
    const asksLater = (retryAfterSeconds: number) =>
      err({ type: "provider-unavailable", detail: expect.stringContaining("an hour after"), retryAfterSeconds });
    await fake.control.move(requestId, "succeeded");
    expect(await erase()).toStrictEqual(asksLater(3600));
    await clock.advance(600.5);
    expect(await erase()).toStrictEqual(asksLater(3000));
    await clock.advance(3000);
    expect(await erase()).toStrictEqual(ok(undefined));
  });

  it("keeps asking while Replicate does not answer, and is done with what was never there", async () => {
    const { provider } = fakeStage();
    const trace = { orderId: "o", endpoint: "replicate/fast-flux-trainer", requestId: "none" };
    expect(await provider.erase(trace)).toStrictEqual(ok(undefined));
    const away = replicateProvider({
      token,
      destination,
      hosts,
      fetch: async () => Response.json({}, { status: 503 }),
    });
    expect(await away.erase(trace)).toMatchObject({ error: { type: "provider-unavailable" } });
  });
});

it("takes no destination and no token that cannot be one", () => {
  for (const wrong of ["likeness", "a/b/c", "../x", ""])
    expect(() => replicateProvider({ token, destination: wrong })).toThrow("owner/name");
  expect(() => replicateProvider({ token: "r8 x", destination })).toThrow("printable");
  expect(() => replicateProvider({ token, destination, hosts: { api: "http://replicate.example" } })).toThrow("https");
});
