import { addSeconds, modelIn, type Credits, type OutcomeFile, type ModelSource } from "@likeness/core";
import { errAsync, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { fakeModelSource } from "../fakes/fake-model-source.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { aModel } from "../fixtures/model.ts";
import { weightsBytes } from "../fixtures/model-bytes.ts";
import { aProfile } from "../fixtures/profile.ts";
import { valueOf } from "../results/value-of.ts";
import { closedGate } from "../contracts/gate.ts";
import { runJob } from "./run-job.ts";
import { idsIn } from "./expect-ids.ts";
import { expectInvariants, photoLimits, stage, type CreateStorage, type Stage } from "./stage.ts";

/** A training that has just succeeded, its model still at the provider. */
async function succeeded({ submitted, provider, untilStatus }: Stage, model = aModel()) {
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "succeeded", outcome: model });
  return untilStatus(training.id, "succeeded");
}

const unavailable = { type: "provider-unavailable", detail: "503" } as const;

const text = (content: string) => new TextEncoder().encode(content);

const weightsOf = async (trainingOf: Stage["training"], id: string): Promise<OutcomeFile> => {
  const model = modelIn((await trainingOf(id)).state);
  if (!model) throw new Error("it has a result");
  return model.weights;
};

const alarmsAbout = ({ log }: Stage) =>
  log.entries
    .filter(({ level, message }) => level === "error" && /outcome could not/.test(message))
    .map(({ fields }) => fields);

/** The others are those of the photos. */
const blobsOfModels = ({ blobs }: Stage): number => blobs.blobs.size - photoLimits.minimum;

const endingWith = (error: Error) => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(error) });

/** Weights with another header. */
function withHeader(url: string, header: string): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + text(url).length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(text(header), 8);
  bytes.set(text(url), 8 + header.length);
  return bytes;
}

const tensor = (from: number, to: number, dtype = "U8") =>
  `{"lora":{"dtype":"${dtype}","shape":[${to - from}],"data_offsets":[${from},${to}]}}`;

/** What a link may answer with 200 instead of weights. `named`: the result says how many bytes there should be. */
const wrongFiles: [string, { readonly named?: boolean; readonly bytes: (url: string) => Uint8Array }, RegExp][] = [
  ["an HTML page", { bytes: () => text("<!DOCTYPE html><title>Not found</title>") }, /header is out of range/],
  ["JSON", { bytes: () => text('{"detail":"Not Found"}') }, /header is out of range/],
  ["nothing", { bytes: () => new Uint8Array() }, /ends before its header/],
  ["only a few bytes", { bytes: () => Uint8Array.of(1, 0, 0) }, /ends before its header/],
  ["half of what was named", { named: true, bytes: (url) => weightsBytes(url).subarray(0, 90) }, /of the \d+ bytes/],
  ["more than was named", { named: true, bytes: (url) => weightsBytes(`${url}-other`) }, /more than the \d+ bytes/],
  ["cut off", { bytes: (url) => weightsBytes(url).subarray(0, -1) }, /ends before its tensors/],
  ["longer than they say", { bytes: (url) => Uint8Array.of(...weightsBytes(url), 0) }, /behind its tensors/],
  ["without a header", { bytes: (url) => withHeader(url, "not JSON") }, /no JSON object/],
  ["without tensors", { bytes: (url) => withHeader(url, '{"__metadata__":{}}') }, /no tensor/],
  ["of tensors that begin later", { bytes: (url) => withHeader(url, tensor(1, url.length)) }, /does not describe/],
  ["of other elements", { bytes: (url) => withHeader(url, tensor(0, url.length, "F32")) }, /does not describe/],
  ["zeros", { bytes: () => new Uint8Array(200) }, /no JSON object/],
];

const anyWeights = {
  portrait: aProfile({ kind: "portrait", photos: photoLimits, weightsFormat: "any" }),
  style: aProfile({ kind: "style", photos: photoLimits, weightsFormat: "any" }),
};

export function describeCopying(create: CreateStorage): void {
  describe("copying", () => {
    it("tells the owner as soon as the model is copied", async () => {
      const scene = await stage(create);
      await succeeded(scene);
      await scene.time.pass(9);
      expect(scene.notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-ready", model: "stored" },
      ]);
    });

    it("does nothing once more for what is finished", async () => {
      const scene = await stage(create);
      const { credits, models, time } = scene;
      const { id: orderId } = await succeeded(scene);
      await time.pass(9);
      expect(await runJob(scene, "order.finish", { orderId })).toStrictEqual(ok({ type: "done" }));
      await time.pass(120);
      expect(credits.calls.map(({ method }) => method)).toStrictEqual(["reserve", "capture"]);
      expect(models.opened).toHaveLength(2);
    });

    it("leaves a long download to whoever is at it", async () => {
      const gate = closedGate();
      const inner = fakeModelSource();
      let opened = 0;
      const models: ModelSource = {
        open: (file) => {
          opened++;
          return fromSafePromise(gate.passed).andThen(() => inner.open(file));
        },
      };
      const scene = await stage(create, { models });
      await succeeded(scene, aModel({ config: undefined }));
      await scene.time.pass(200);
      expect(opened).toBe(1);
      gate.open();
      await scene.time.pass(5);
      expect(opened).toBe(1);
    });

    it("tries ever more rarely, and at least every hour", async () => {
      let opened = 0;
      const models: ModelSource = {
        open: () => {
          opened++;
          return errAsync(unavailable);
        },
      };
      const scene = await stage(create, { models, policy: { copyDeadlineSeconds: 7 * 86_400 } });
      const { id: orderId } = await succeeded(scene, aModel({ config: undefined }));
      await scene.time.pass(600);
      expect(opened).toBeGreaterThanOrEqual(8);
      expect(opened).toBeLessThanOrEqual(16);

      const { store, time, training: trainingOf } = scene;
      const { state, ...training } = await trainingOf(orderId);
      if (state.status !== "succeeded") throw new Error("it had succeeded");
      const deadlineAt = addSeconds(time.clock.now(), 6 * 86_400);
      await valueOf(store.orders.save({ ...training, state, deadlineAt }));
      expect(await runJob(scene, "order.finish", { orderId })).toStrictEqual(
        ok({ type: "again", at: addSeconds(time.clock.now(), 3_600) }),
      );
    });

    it("copies a result that comes while its failure is being finished", async () => {
      const gate = closedGate();
      const inner = recordingCredits();
      const credits: Credits = {
        ...inner,
        release: (id) => fromSafePromise(gate.passed).andThen(() => inner.release(id)),
      };
      const scene = await stage(create, { credits });
      const { submitted, deliver, untilStatus, untilSettled, time, blobs, training: trainingOf } = scene;
      const { training, request } = await submitted();
      const { requestId } = request;
      await deliver(training.id, { type: "failed", requestId, detail: "out of memory" });
      await untilStatus(training.id, "failed");
      await time.pass(1);
      await deliver(training.id, { type: "succeeded", requestId, outcome: aModel() });
      await untilSettled();
      gate.open();
      await time.pass(5);
      const { state, nextCheckAt } = await trainingOf(training.id);
      expect(state.status === "failed" && blobs.blobs.has(state.lateOutcome?.weights.blobKey ?? "")).toBe(true);
      expect(nextCheckAt).toBeUndefined();
    });

    it("fetches only what is missing, each time", async () => {
      const scene = await stage(create);
      const { models, time } = scene;
      const model = aModel();
      models.failNext(unavailable);
      await succeeded(scene, model);
      await time.pass(60);
      const { weights, config } = model;
      expect(models.opened).toStrictEqual([weights.url, config?.url, weights.url]);
    });

    it.each([
      { type: "provider-refused", status: 403, detail: "status 403" },
      { type: "request-not-found" },
      unavailable,
    ] as const)("asks again for a file after $type, and does not say meanwhile that it is saved", async (error) => {
      const scene = await stage(create, { policy: { copyWaitSeconds: 2 } });
      const { models, time, notifier, log, training: trainingOf } = scene;
      for (let count = 0; count < 3; count++) models.failNext(error);
      const { id } = await succeeded(scene, aModel({ config: undefined }));
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toStrictEqual({ template: "training-ready", model: "under-way" });
      await time.until("the model is copied", async () => (await weightsOf(trainingOf, id)).blobKey !== undefined);
      const { nextCheckAt, deadlineAt } = await trainingOf(id);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
      expect(log.entries).toContainEqual({
        level: "warn",
        fields: { ...idsIn(await trainingOf(id)), file: "weights", error },
        message: "a file of an outcome could not be copied yet",
      });
      expect(alarmsAbout(scene)).toStrictEqual([]);
      await time.pass(120);
      expect(notifier.attempts).toHaveLength(1);
    });

    it.each(wrongFiles)("keeps nothing of weights that are %s, and asks again", async (_name, wrong, detail) => {
      const scene = await stage(create);
      const { models, time, blobs, log, training: trainingOf, notifier } = scene;
      const { url, bytes = 0 } = aModel().weights;
      const model = { weights: { url, ...(wrong.named && { bytes }) } };
      models.serve(url, wrong.bytes(url));
      const { id } = await succeeded(scene, model);
      await time.until("it was tried twice", () => models.opened.length === 2);
      expect(blobsOfModels(scene)).toBe(0);
      expect(log.entries).toContainEqual(
        expect.objectContaining({
          fields: expect.objectContaining({ error: { type: "wrong-content", detail: expect.stringMatching(detail) } }),
        }),
      );
      models.serve(url, weightsBytes(url));
      await time.until("the model is copied", async () => (await weightsOf(trainingOf, id)).blobKey !== undefined);
      expect(blobs.blobs.get((await weightsOf(trainingOf, id)).blobKey ?? "")).toStrictEqual(weightsBytes(url));
      await time.pass(10);
      expect(notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-ready", model: "stored" },
      ]);
    });

    it.each([
      ["an HTML page", text("<!DOCTYPE html>")],
      ["nothing", new Uint8Array()],
      ["JSON that breaks off", text('{"steps": 10')],
      ["a text in JSON", text('"Not Found"')],
      ["no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d)],
    ])("keeps no configuration that is %s, and does not say that all is saved", async (_name, bytes) => {
      const scene = await stage(create, { policy: { copyWaitSeconds: 2 } });
      const { models, time, notifier, training: trainingOf } = scene;
      const model = aModel();
      models.serve(model.config?.url ?? "", bytes);
      const { id } = await succeeded(scene, model);
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toMatchObject({ model: "under-way" });
      expect((await weightsOf(trainingOf, id)).blobKey).toBeDefined();
      expect(blobsOfModels(scene)).toBe(1);
    });

    it("takes weights of a profile that says so as they are", async () => {
      const scene = await stage(create, { profiles: anyWeights });
      const { models, time, training: trainingOf } = scene;
      const { url } = aModel().weights;
      models.serve(url, text("a packed model"));
      const { id } = await succeeded(scene, { weights: { url } });
      await time.until("the model is copied", async () => (await weightsOf(trainingOf, id)).blobKey !== undefined);
    });
  });

  describe("giving a copy up", () => {
    const deadline = { policy: { copyDeadlineSeconds: 120, copyWaitSeconds: 2 } };

    it.each([
      { type: "provider-refused", status: 404, detail: "status 404" },
      { type: "request-not-found" },
      unavailable,
    ] as const)("sounds one alarm at the deadline of $type and tells the owner once", async (error) => {
      const models: ModelSource = { open: () => errAsync(error) };
      const scene = await stage(create, { ...deadline, models });
      const { time, notifier, training: trainingOf } = scene;
      const { id, avatarId } = await succeeded(scene, aModel());
      await time.until("it is given up", async () => (await trainingOf(id)).nextCheckAt === undefined);
      const files = [
        { file: "weights", error },
        { file: "config", error },
      ];
      expect(alarmsAbout(scene)).toStrictEqual([{ ...idsIn(await trainingOf(id)), files }]);
      await time.pass(200);
      expect(notifier.attempts.map(({ content }) => content)).toStrictEqual([
        { template: "training-ready", model: "under-way" },
        { template: "model-unsaved" },
      ]);
      expect(alarmsAbout(scene)).toHaveLength(1);
      expect((await scene.avatar(avatarId))?.state).toStrictEqual({ status: "ready", trainingId: id });
      await expectInvariants(scene);
    });

    it("goes on for as long as it is our own blobs that fail", async () => {
      const scene = await stage(create, deadline);
      const { time, blobs, training: trainingOf, submitted, provider, untilStatus } = scene;
      const { training, request } = await submitted();
      blobs.setDown(true);
      provider.report(request.requestId, { type: "succeeded", outcome: aModel() });
      await untilStatus(training.id, "succeeded");
      await time.pass(300);
      expect(alarmsAbout(scene)).toStrictEqual([]);
      blobs.setDown(false);
      await time.until(
        "the model is copied",
        async () => (await weightsOf(trainingOf, training.id)).blobKey !== undefined,
      );
    });

    it.each(["at once", "while it is read"])("asks no more for weights that are too large, told %s", async (when) => {
      const scene = await stage(create);
      const { models, time, notifier, training: trainingOf } = scene;
      const error = { type: "file-too-large", maximum: 10 } as const;
      const model = aModel();
      if (when === "at once") models.failNext(error);
      else models.serve(model.weights.url, () => endingWith(Object.assign(new Error("too large"), error)));
      const { id } = await succeeded(scene, model);
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toStrictEqual({ template: "training-ready", model: "given-up" });
      expect(alarmsAbout(scene)).toStrictEqual([
        { ...idsIn(await trainingOf(id)), files: [{ file: "weights", error }] },
      ]);
      await time.pass(200);
      expect(models.opened).toStrictEqual([model.weights.url, model.config?.url]);
      expect(notifier.attempts).toHaveLength(1);
      const { nextCheckAt, deadlineAt } = await trainingOf(id);
      expect([nextCheckAt, deadlineAt]).toStrictEqual([undefined, undefined]);
    });

    it("tells nobody about a late result that was never adopted, and adopts none that was given up", async () => {
      const models: ModelSource = { open: () => errAsync({ type: "request-not-found" }) };
      const scene = await stage(create, { ...deadline, models });
      const { submitted, deliver, untilStatus, untilSettled, time, notifier, likeness, training: trainingOf } = scene;
      const { training, request } = await submitted();
      await deliver(training.id, { type: "failed", requestId: request.requestId, detail: "out of memory" });
      await untilStatus(training.id, "failed");
      await time.pass(100);
      await deliver(training.id, { type: "succeeded", requestId: request.requestId, outcome: aModel() });
      await untilSettled();
      await time.pass(60);
      // The late result has its own time.
      expect((await trainingOf(training.id)).nextCheckAt).toBeDefined();
      await time.until("it is given up", async () => (await trainingOf(training.id)).nextCheckAt === undefined);
      await time.pass(60);
      expect(alarmsAbout(scene)).toHaveLength(1);
      expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-failed"]);
      expect(await likeness.operator.adopt({ trainingId: training.id })).toMatchObject({
        error: { type: "no-late-result" },
      });
    });
  });
}
