import { sealDelivery, type Profile } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { falKeySet } from "./fal-key-set.ts";
import { falWebhooks } from "./fal-webhooks.ts";

const file = { url: "https://v3.fal.media/files/a/lora.safetensors" };
const notSerialisable = "Response payload is not JSON serializable.";

/** The event in a verified body. */
function parse(body: unknown, profiles?: Readonly<Record<string, Profile>>) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const delivery = { headers: {}, body: new TextEncoder().encode(text), receivedAt: "2026-11-23T06:00:00.000Z" };
  return falWebhooks({ userId: "u", keys: falKeySet(), profiles }).parse(sealDelivery(delivery, "R"));
}

const wrap = (fields: Readonly<Record<string, unknown>>) => ({ request_id: "R", gateway_request_id: "G", ...fields });

const malformed = (detail: unknown) => err({ type: "webhook-malformed", detail });

describe("fal's webhook bodies", () => {
  it.each(["diffusers_lora_file", "lora_file"])("a success with weights in %s", (field) => {
    const event = { type: "succeeded", requestId: "R", outcome: { weights: file } };
    expect(parse(wrap({ status: "OK", error: null, payload: { [field]: file } }))).toStrictEqual(ok(event));
  });

  it("a success with weights where a host's own profile has them", () => {
    const own = { ...falProfiles.style, weightsField: "adapter", configField: "settings" };
    const model = { weights: file, config: file };
    const payload = { adapter: file, settings: file };
    expect(parse(wrap({ status: "OK", payload }), { style: own })).toMatchObject(
      ok({ type: "succeeded", outcome: model }),
    );
    expect(parse(wrap({ status: "OK", payload }))).toStrictEqual(malformed("no event in it"));
  });

  it("a success with images", () => {
    const images = [{ url: "https://v3.fal.media/files/a/1.png", content_type: "image/png" }];
    const outcome = { image_1: { url: images[0]?.url, contentType: "image/png" } };
    expect(parse(wrap({ status: "OK", payload: { images, seed: 7 } }))).toStrictEqual(
      ok({ type: "succeeded", requestId: "R", outcome }),
    );
  });

  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    [
      "a success whose result has to be fetched",
      { status: "OK", payload: null, payload_error: notSerialisable },
      { type: "finished", requestId: "R" },
    ],
    [
      "a failure with a list of findings",
      {
        status: "ERROR",
        error: "Invalid status code: 422",
        payload: { detail: [{ loc: ["body", "prompt"], msg: "field required", type: "missing" }] },
      },
      { type: "failed", requestId: "R", detail: "body.prompt: field required" },
    ],
    [
      "a failure with a text",
      { status: "ERROR", error: "Invalid status code: 500", payload: { detail: "out of memory" } },
      { type: "failed", requestId: "R", detail: "out of memory" },
    ],
    [
      "a failure without a payload",
      { status: "ERROR", error: "Invalid status code: 404", payload: null, payload_error: notSerialisable },
      { type: "failed", requestId: "R", detail: "Invalid status code: 404" },
    ],
    [
      "a failure that says nothing",
      { status: "ERROR" },
      { type: "failed", requestId: "R", detail: "the request failed" },
    ],
    [
      "a failure with a link",
      { status: "ERROR", error: "cannot read https://v3.fal.media/files/a/set.zip" },
      { type: "failed", requestId: "R", detail: "cannot read (link)" },
    ],
    [
      "a place in the queue",
      { status: "IN_QUEUE", queue_position: 3 },
      { type: "queued", requestId: "R", position: 3 },
    ],
    ["a place in the queue that is not told", { status: "IN_QUEUE" }, { type: "queued", requestId: "R" }],
    [
      "progress",
      { status: "IN_PROGRESS", logs: [{ message: "training: 42%" }, { message: "Downloading: 100%" }] },
      { type: "running", requestId: "R", percent: 42 },
    ],
    ["progress without a log", { status: "IN_PROGRESS", logs: null }, { type: "running", requestId: "R" }],
  ])("%s", (_name, fields, event) => expect(parse(wrap(fields))).toStrictEqual(ok(event)));

  it.each<[string, unknown, unknown]>([
    ["a success without weights", wrap({ status: "OK", payload: { images: [] } }), "no event in it"],
    [
      "a success with weights at an address without TLS",
      wrap({ status: "OK", payload: { lora_file: { url: "http://fal.media/a" } } }),
      "no event in it",
    ],
    ["an unknown status", wrap({ status: "FAILED" }), expect.stringContaining("status")],
    ["no status", wrap({}), expect.stringContaining("status")],
    ["no request id", { status: "ERROR" }, expect.stringContaining("request_id")],
    ["an empty request id", { status: "ERROR", request_id: "" }, expect.stringContaining("request_id")],
    ["no object", "null", expect.any(String)],
    ["no JSON", "{", "not JSON in UTF-8"],
  ])("cannot be read with %s", (_name, body, detail) => expect(parse(body)).toStrictEqual(malformed(detail)));
});
