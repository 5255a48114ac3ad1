import { modelIn, type OutcomeFile } from "@likeness/core";
import { describe, expect, it } from "vitest";
import { aModel } from "../fixtures/model.ts";
import { weightsBytes } from "../fixtures/model-bytes.ts";
import { aProfile } from "../fixtures/profile.ts";
import { photoLimits, openStage, type CreateStorage, type Stage } from "./stage.ts";

/** A training that has just succeeded, its model still at the provider. */
async function succeeded({ submitted, provider, untilStatus }: Stage, model = aModel()) {
  const { training, request } = await submitted();
  provider.report(request.requestId, { type: "succeeded", outcome: model });
  return untilStatus(training.id, "succeeded");
}

const text = (content: string) => new TextEncoder().encode(content);

const weightsOf = async (trainingOf: Stage["training"], id: string): Promise<OutcomeFile> => {
  const model = modelIn((await trainingOf(id)).state);
  if (!model) throw new Error("it has a result");
  return model.weights;
};

/** The others are those of the photos. */
const blobsOfModels = ({ blobs }: Stage): number => blobs.blobs.size - photoLimits.minimum;

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

/** What the files of a model have to be. */
export function describeModelFiles(create: CreateStorage): void {
  describe("copying the files of a model", () => {
    it.each(wrongFiles)("keeps nothing of weights that are %s, and asks again", async (_name, wrong, detail) => {
      const stage = await openStage(create);
      const { outcomes, time, blobs, log, training: trainingOf, notifier } = stage;
      const { url, bytes = 0 } = aModel().weights;
      const model = { weights: { url, ...(wrong.named && { bytes }) } };
      outcomes.serve(url, wrong.bytes(url));
      const { id } = await succeeded(stage, model);
      await time.until("it was tried twice", () => outcomes.opened.length === 2);
      expect(blobsOfModels(stage)).toBe(0);
      expect(log.entries).toContainEqual(
        expect.objectContaining({
          fields: expect.objectContaining({ error: { type: "wrong-content", detail: expect.stringMatching(detail) } }),
        }),
      );
      outcomes.serve(url, weightsBytes(url));
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
      const stage = await openStage(create, { policy: { copyWaitSeconds: 2 } });
      const { outcomes, time, notifier, training: trainingOf } = stage;
      const model = aModel();
      outcomes.serve(model.config?.url ?? "", bytes);
      const { id } = await succeeded(stage, model);
      await time.until("the owner is told", () => notifier.attempts.length === 1);
      expect(notifier.attempts[0]?.content).toMatchObject({ model: "under-way" });
      expect((await weightsOf(trainingOf, id)).blobKey).toBeDefined();
      expect(blobsOfModels(stage)).toBe(1);
    });

    it("takes weights of a profile that says so as they are", async () => {
      const stage = await openStage(create, { profiles: anyWeights });
      const { outcomes, time, training: trainingOf } = stage;
      const { url } = aModel().weights;
      outcomes.serve(url, text("a packed model"));
      const { id } = await succeeded(stage, { weights: { url } });
      await time.until("the model is copied", async () => (await weightsOf(trainingOf, id)).blobKey !== undefined);
    });
  });
}
