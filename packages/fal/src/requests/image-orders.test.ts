import type { ImageSnapshot, Log } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { keptLog } from "../__fixtures__/kept-log.ts";
import { aPictureOrder, aPictureSnapshot, aSubmittedPicture, loraUrl } from "../__fixtures__/pictures.ts";
import { aSubmittedTraining, aSubmittingTraining, preparedWith } from "../__fixtures__/trainings.ts";
import { falConnection } from "../http/connection.ts";
import { findRequest } from "./find-request.ts";
import { lookAtRequest } from "./look-at-request.ts";
import { submitRequest } from "./submit-request.ts";

const usual = { timeoutSeconds: 10, keepsPayloads: true };

const url = "https://v3.fal.media/files/a/image.jpeg";
const image = { url, width: 992, height: 992, content_type: "image/jpeg" };
const succeeded = (picture: object) => ok({ type: "succeeded", requestId: "R", outcome: { picture } });
const safe = { url, contentType: "image/jpeg" };

const policyViolation = {
  detail: [
    {
      loc: ["body", "prompt"],
      msg: "The content was flagged by a content checker.",
      type: "content_policy_violation",
      input: "a secret prompt",
      categories: ["sexual"],
    },
  ],
};

const goneWeights = {
  detail: [{ loc: ["body", "loras", 0, "path"], msg: "Failed to download the file", type: "file_download_error" }],
};

type Answer = readonly [status: number, body: unknown];

/** fal, where every request has come to this end. */
async function falWith(answers: { result?: Answer; list?: Answer; submit?: Answer }, log?: Log) {
  const { result = [404, {}], list = [200, { items: [] }], submit = [500, {}] } = answers;
  const fal = await httpListener((response, { method, path }) => {
    const isFailed = result[0] >= 400 && result[0] !== 404;
    const status = [
      200,
      { status: "COMPLETED", ...(isFailed && { error: `Invalid status code: ${result[0]}` }) },
    ] as const;
    const answer =
      method === "POST" ? submit : path.startsWith("/v1/") ? list : path.includes("/status") ? status : result;
    sendJson(response, answer[0], answer[1]);
  });
  return { fal, connection: falConnection({ key: "id:secret", hosts: { queue: fal.url, api: fal.url }, log }) };
}

describe("looking at an image order", () => {
  it.each<[string, ImageSnapshot, unknown, object]>([
    ["flux-lora", aPictureSnapshot("image"), { images: [image], has_nsfw_concepts: [false] }, safe],
    [
      "flagged",
      aPictureSnapshot("image"),
      { images: [image], has_nsfw_concepts: [true] },
      { ...safe, blocked: "flagged" },
    ],
    ["seedvr", aPictureSnapshot("upscale"), { image, seed: 7 }, safe],
  ])("reads the result by the order's own fields: %s", async (_name, snapshot, result, picture) => {
    const { connection } = await falWith({ result: [200, result] });
    expect(await lookAtRequest(connection)(aSubmittedPicture(snapshot))).toStrictEqual(succeeded(picture));
  });

  it("finds a result in fal's list", async () => {
    const json_output = { images: [image], has_nsfw_concepts: [false] };
    const { connection } = await falWith({
      list: [200, { items: [{ request_id: "R", status_code: 200, json_output }] }],
    });
    expect(await lookAtRequest(connection)(aSubmittedPicture())).toStrictEqual(succeeded(safe));
  });

  it("does not take a picture that lies elsewhere than the order says", async () => {
    const { connection } = await falWith({ result: [200, { image }] });
    const detail = "the result has none of the files that were ordered";
    expect(await lookAtRequest(connection)(aSubmittedPicture())).toStrictEqual(
      ok({ type: "failed", requestId: "R", detail }),
    );
  });

  it("tells the operator when the flags are missing", async () => {
    const { log, lines } = keptLog();
    const { connection } = await falWith({ result: [200, { images: [image], has_nsfw_concepts: [] }] }, log);
    const order = aSubmittedPicture();
    expect(await lookAtRequest(connection)(order)).toStrictEqual(succeeded(safe));
    expect(lines).toStrictEqual([["error", { orderId: order.id }, "fal did not say whether a picture is safe"]]);
  });

  it.each<[string, { result?: Answer; list?: Answer }]>([
    ["the queue", { result: [422, policyViolation] }],
    ["fal's list", { list: [200, { items: [{ request_id: "R", status_code: 422, json_output: policyViolation }] }] }],
  ])("knows blocked content in %s, and keeps the categories for the operator", async (_name, answers) => {
    const { log, lines } = keptLog();
    const { connection } = await falWith(answers, log);
    const detail = "body.prompt: The content was flagged by a content checker.";
    expect(await lookAtRequest(connection)(aSubmittedPicture())).toStrictEqual(
      ok({ type: "failed", requestId: "R", detail, reason: "content_blocked" }),
    );
    expect(lines).toStrictEqual([
      ["warn", { requestId: "R", categories: ["sexual"] }, "fal's content rules refused a request"],
    ]);
  });

  it("knows that the weights are gone", async () => {
    const { connection } = await falWith({ result: [422, goneWeights] });
    const detail = "body.loras.0.path: Failed to download the file";
    expect(await lookAtRequest(connection)(aSubmittedPicture())).toStrictEqual(
      ok({ type: "failed", requestId: "R", detail, reason: "input_gone" }),
    );
  });

  it("gives a training whose archive cannot be read no such reason", async () => {
    const detail = [
      { loc: ["body", "images_data_url"], msg: "Failed to download the file", type: "file_download_error" },
    ];
    const { connection } = await falWith({ result: [422, { detail }] });
    expect(await lookAtRequest(connection)(aSubmittedTraining())).toStrictEqual(
      ok({ type: "failed", requestId: "R", detail: "body.images_data_url: Failed to download the file" }),
    );
  });
});

describe("submitting an image order", () => {
  it("sends its input with what was prepared, and asks fal to delete the picture after an hour", async () => {
    const { fal, connection } = await falWith({ submit: [200, { request_id: "R" }] });
    const prepared = { input: { loras: [{ path: "https://v3.fal.media/files/b/again", scale: 1 }] } };
    expect(await submitRequest(connection, usual)({ order: aPictureOrder(), prepared })).toStrictEqual(
      ok({ requestId: "R" }),
    );
    const [post] = fal.received;
    expect(post).toMatchObject({
      path: "/fal-ai/flux-lora",
      headers: { "x-fal-object-lifecycle-preference": '{"expiration_duration_seconds":3600}' },
    });
    expect(JSON.parse(post?.body ?? "")).toStrictEqual({ ...aPictureSnapshot("image").input, ...prepared.input });
  });

  it("asks fal not to store it where the host wants that, and never does for a training", async () => {
    const { fal, connection } = await falWith({ submit: [200, { request_id: "R" }] });
    const submit = submitRequest(connection, { ...usual, keepsPayloads: false });
    await submit({ order: aPictureOrder(), prepared: { input: {} } });
    expect(fal.received[0]?.headers).toMatchObject({ "x-fal-store-io": "0" });
    const order = aSubmittingTraining("https://v3.fal.media/a.zip", "2026-11-23T06:00:00.000Z");
    await submit({ order, prepared: preparedWith("https://v3.fal.media/a.zip") });
    expect(fal.received[1]?.headers).not.toHaveProperty("x-fal-store-io");
  });

  it("does not ask that of a training, whose weights are needed longer", async () => {
    const { fal, connection } = await falWith({ submit: [200, { request_id: "R" }] });
    const order = aSubmittingTraining("https://v3.fal.media/a.zip", "2026-11-23T06:00:00.000Z");
    await submitRequest(connection, usual)({ order, prepared: preparedWith("https://v3.fal.media/a.zip") });
    expect(Object.keys(fal.received[0]?.headers ?? {}).filter((name) => name.startsWith("x-fal"))).toStrictEqual([]);
  });

  it.each([
    [policyViolation, "content_blocked"],
    [goneWeights, "input_gone"],
  ] as const)("says why it was refused: %#", async (body, reason) => {
    const { log, lines } = keptLog();
    const { connection } = await falWith({ submit: [422, body] }, log);
    const submitted = await submitRequest(connection, usual)({ order: aPictureOrder(), prepared: { input: {} } });
    expect(submitted).toStrictEqual(
      err({ type: "submit-refused", status: 422, detail: expect.stringMatching(/^body\./), reason }),
    );
    expect(lines.map(([level]) => level)).toStrictEqual(reason === "content_blocked" ? ["warn"] : []);
  });
});

describe("finding an image order", () => {
  const { input } = aPictureSnapshot("image");
  const others = [
    { request_id: "of another seed", json_input: { ...input, seed: 8 } },
    { request_id: "of other words", json_input: { ...input, prompt: "TOK_0a1b2c3d woman" } },
    { request_id: "of other weights", json_input: { ...input, loras: [{ path: `${loraUrl}?2`, scale: 1 }] } },
  ];

  it("goes by the whole input with its seed", async () => {
    const items = [...others, { request_id: "ours", json_input: input }];
    const { connection } = await falWith({ list: [200, { items }] });
    expect(await findRequest(connection)(aPictureOrder())).toStrictEqual(ok({ requestId: "ours" }));
  });

  it("goes by what was uploaded for it, which nothing else has", async () => {
    const loras = [{ path: "https://v3.fal.media/files/b/again", scale: 1 }];
    const items = [...others, { request_id: "ours", json_input: { ...input, loras } }];
    const { connection } = await falWith({ list: [200, { items }] });
    const state = {
      status: "unknown",
      prepared: { input: { loras } },
      submitStartedAt: "2026-11-23T06:00:00.000Z",
    } as const;
    expect(await findRequest(connection)(aPictureOrder(undefined, state))).toStrictEqual(ok({ requestId: "ours" }));
  });

  it("finds none with another seed", async () => {
    const { connection } = await falWith({ list: [200, { items: others }] });
    expect(await findRequest(connection)(aPictureOrder())).toStrictEqual(ok(undefined));
  });
});
