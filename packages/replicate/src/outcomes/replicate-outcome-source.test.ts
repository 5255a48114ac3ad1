import { buffer } from "node:stream/consumers";
import { trainingKind } from "@likeness/core";
import { aTraining, valueOf } from "@likeness/testing";
import { err } from "neverthrow";
import { pack } from "tar-stream";
import { expect, it } from "vitest";
import { weightsTar } from "../testing/made-files.ts";
import { replicateOutcomeSource } from "./replicate-outcome-source.ts";

const url = "https://replicate.delivery/xezq/abc/flux-lora.tar";

const serving = (bytes: Uint8Array, status = 200) =>
  replicateOutcomeSource({ fetch: async () => new Response(new Uint8Array(bytes), { status }), maximumBytes: 10_000 });

const read = async (stream: ReadableStream<Uint8Array>): Promise<Uint8Array> =>
  new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());

async function tarOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<Uint8Array> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return new Uint8Array(await buffer(tar));
}

it("reads the weights out of their tar, which are what they should be", async () => {
  const weights = await read(await valueOf(serving(await weightsTar(1)).open({ url })));
  const checks = trainingKind.checks("weights", aTraining());
  expect(checks.flatMap((check) => [check.push(weights), check.end()])).toStrictEqual([undefined, undefined]);
});

it("reads a picture as it is", async () => {
  const picture = { url: "https://pbxt.replicate.delivery/a/out-0.png" };
  expect(await read(await valueOf(serving(Buffer.from("png")).open(picture)))).toStrictEqual(
    new Uint8Array(Buffer.from("png")),
  );
});

it.each([
  ["has no weights", { "config.yaml": "a" }, "no weights"],
  ["has two", { "a.safetensors": "a", "b.safetensors": "b" }, "more than one"],
  ["is longer than the limit", { "a.safetensors": "a".repeat(10_001) }, "more than 10000 bytes"],
])("ends with an error for a tar that %s", async (_, files, message) => {
  const stream = await valueOf(serving(await tarOf(files)).open({ url }));
  await expect(read(stream)).rejects.toThrow(message);
});

it("ends with an error for a tar that breaks off", async () => {
  const whole = await tarOf({ "a.safetensors": "a".repeat(2_000) });
  await expect(read(await valueOf(serving(whole.slice(0, 1_000)).open({ url })))).rejects.toThrow();
});

it.each([
  "https://evil.example/flux-lora.tar",
  "https://replicate.delivery.evil.example/a.tar",
  "http://replicate.delivery/a.tar",
  "http://127.0.0.1/a.tar",
  "file:///etc/passwd",
  "",
])("reads nothing at %j", async (elsewhere) => {
  expect(await serving(await weightsTar(1)).open({ url: elsewhere })).toMatchObject({
    error: { type: "provider-refused", status: 0 },
  });
});

it.each([
  [404, { type: "request-not-found" }],
  [403, { type: "provider-refused", status: 403, detail: "status 403" }],
  [503, { type: "provider-unavailable", detail: "status 503" }],
] as const)("says what a %i means", async (status, error) => {
  expect(await serving(new Uint8Array(), status).open({ url })).toStrictEqual(err(error));
});
