import { sealDelivery } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { keptLog } from "../__fixtures__/kept-log.ts";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { falRecipes } from "../recipes/fal-recipes.ts";
import { falKeySet } from "./fal-key-set.ts";
import { falWebhooks, type FalWebhooksOptions } from "./fal-webhooks.ts";

const file = { url: "https://v3.fal.media/files/a/lora.safetensors" };
const notSerialisable = "Response payload is not JSON serializable.";

/** The event in a verified body. */
function parse(body: unknown, options: Pick<FalWebhooksOptions, "profiles" | "recipes" | "log"> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const delivery = { headers: {}, body: new TextEncoder().encode(text), receivedAt: "2026-11-23T06:00:00.000Z" };
  return falWebhooks({ userId: "u", keys: falKeySet(), ...options }).parse(sealDelivery(delivery, "R"));
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
    expect(parse(wrap({ status: "OK", payload }), { profiles: { style: own } })).toMatchObject(
      ok({ type: "succeeded", outcome: model }),
    );
    expect(parse(wrap({ status: "OK", payload }))).toStrictEqual(malformed("no event in it"));
  });

  it.each<[string, object, object]>([
    ["flux-lora", { images: [file], has_nsfw_concepts: [false], seed: 7 }, file],
    ["flux-lora, flagged", { images: [file], has_nsfw_concepts: [true] }, { ...file, blocked: "flagged" }],
    ["seedvr", { image: file, seed: 7 }, file],
  ])("a success with a picture: %s", (_name, payload, picture) =>
    expect(parse(wrap({ status: "OK", payload }))).toStrictEqual(
      ok({ type: "succeeded", requestId: "R", outcome: { picture } }),
    ),
  );

  it("a success with a picture where a host's own recipe has it", () => {
    const recipes = { ...falRecipes, image: { ...falRecipes.image, pictureField: "output", flagsField: "unsafe" } };
    const payload = { output: [file], unsafe: [true] };
    expect(parse(wrap({ status: "OK", payload }), { recipes })).toStrictEqual(
      ok({ type: "succeeded", requestId: "R", outcome: { picture: { ...file, blocked: "flagged" } } }),
    );
    expect(parse(wrap({ status: "OK", payload }))).toStrictEqual(malformed("no event in it"));
  });

  it("a success with a picture without its flag, which the operator is told", () => {
    const { log, lines } = keptLog();
    expect(parse(wrap({ status: "OK", payload: { images: [file] } }), { log })).toStrictEqual(
      ok({ type: "succeeded", requestId: "R", outcome: { picture: file } }),
    );
    expect(lines).toStrictEqual([["error", { requestId: "R" }, "fal did not say whether a picture is safe"]]);
  });

  it("a failure because of the content, with the categories for the operator", () => {
    const { log, lines } = keptLog();
    const finding = { loc: ["body", "prompt"], msg: "flagged", type: "content_policy_violation", categories: ["hate"] };
    const body = wrap({ status: "ERROR", error: "Invalid status code: 422", payload: { detail: [finding] } });
    expect(parse(body, { log })).toStrictEqual(
      ok({ type: "failed", requestId: "R", detail: "body.prompt: flagged", reason: "content_blocked" }),
    );
    expect(lines).toStrictEqual([
      ["warn", { requestId: "R", categories: ["hate"] }, "fal's content rules refused a request"],
    ]);
  });

  it.each([
    ["loras", "input_gone"],
    ["image_url", "input_gone"],
    ["images_data_url", undefined],
  ])("a failure because the file in %s cannot be read: %s", (field, reason) => {
    const finding = { loc: ["body", field], msg: "Failed to download the file", type: "file_download_error" };
    const body = wrap({ status: "ERROR", error: "Invalid status code: 422", payload: { detail: [finding] } });
    const detail = `body.${field}: Failed to download the file`;
    expect(parse(body)).toStrictEqual(ok({ type: "failed", requestId: "R", detail, ...(reason && { reason }) }));
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
