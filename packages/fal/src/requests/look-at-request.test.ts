import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { aSubmittedTraining } from "../__fixtures__/trainings.ts";
import { falConnection } from "../http/connection.ts";
import { lookAtRequest } from "./look-at-request.ts";

const weights = { url: "https://v3.fal.media/files/a/lora.safetensors", file_size: 89_745_224, content_type: "x/y" };
const completed = [200, { status: "COMPLETED", request_id: "R", logs: null }] as const;
const failed = [200, { ...completed[1], error: "Invalid status code: 422", error_type: "bad_request" }] as const;
const running = [202, { status: "IN_PROGRESS", request_id: "R", logs: [{ message: "10/1000" }] }] as const;
const unknown = [404, { status: "NOT_FOUND" }] as const;
const empty = [200, { items: [], next_cursor: null }] as const;

type Answer = readonly [status: number, body: unknown];

/** What the result is when fal answers like this. */
async function resultOf(answers: { result: Answer; status?: Answer; list?: Answer }) {
  const fal = await httpListener((response, { path }) => {
    const { result, status = completed, list = empty } = answers;
    const answer = path.startsWith("/v1/") ? list : path.includes("/status") ? status : result;
    sendJson(response, answer[0], answer[1]);
  });
  const connection = falConnection({ key: "id:secret", hosts: { queue: fal.url, api: fal.url } });
  return { outcome: await lookAtRequest(connection)(aSubmittedTraining()), asked: fal.received };
}

const failure = (detail: string) => ok({ type: "failed", requestId: "R", detail });

describe("lookAtRequest", () => {
  it("is a model with what is known of its files", async () => {
    const config_file = { url: "https://v3.fal.media/files/a/config.json" };
    const { outcome, asked } = await resultOf({
      result: [200, { diffusers_lora_file: weights, config_file, seed: 1 }],
    });
    const model = {
      weights: { url: weights.url, bytes: weights.file_size, contentType: "x/y" },
      config: { url: config_file.url },
    };
    expect(outcome).toStrictEqual(ok({ type: "succeeded", requestId: "R", outcome: model }));
    expect(asked).toHaveLength(2);
  });

  it.each<[string, { result: Answer; status?: Answer; list?: Answer }, unknown]>([
    [
      "not over while fal says so",
      { result: [400, { detail: "Request is still in progress" }] },
      ok({ type: "running", requestId: "R" }),
    ],
    [
      "not over while the status is not",
      { result: [404, {}], status: running },
      ok({ type: "running", requestId: "R", percent: 1 }),
    ],
    [
      "a failure with the model's own 422",
      { result: [422, { detail: "no face" }], status: failed },
      failure("no face"),
    ],
    ["a failure with a 422 alone", { result: [422, { detail: "no face" }] }, failure("no face")],
    [
      "a failure with the model's own 403",
      { result: [403, { detail: "403: Forbidden" }], status: failed },
      failure("403: Forbidden"),
    ],
    ["a failure with the model's own 404", { result: [404, {}], status: failed }, failure("Invalid status code: 422")],
    ["a failure with the model's own 504", { result: [504, {}], status: failed }, failure("Invalid status code: 422")],
    [
      "a failure whose error is no text",
      { result: [500, {}], status: [200, { ...completed[1], error: { x: 1 } }] },
      failure("the request failed"),
    ],
    [
      "a failure without weights in it",
      { result: [200, { config_file: weights }] },
      failure("the result has none of the files that were ordered"),
    ],
    [
      "a failure with weights at an address without TLS",
      { result: [200, { diffusers_lora_file: { url: "http://fal.media/a" } }] },
      failure("the result has none of the files that were ordered"),
    ],
    [
      "unknown while fal is down",
      { result: [502, { detail: "down" }] },
      err({ type: "provider-unavailable", detail: "down" }),
    ],
    [
      "unknown while the status is",
      { result: [422, { detail: "no" }], status: [503, { detail: "down" }] },
      err({ type: "provider-unavailable", detail: "down" }),
    ],
    [
      "unknown when the status cannot be read",
      { result: [422, { detail: "no" }], status: [200, { status: "FAILED" }] },
      err({ type: "provider-unavailable", detail: "the status cannot be read" }),
    ],
    [
      "refused when the account is",
      { result: [401, { detail: "No user found" }], status: [401, { detail: "No user found" }] },
      err({ type: "provider-refused", status: 401, detail: "No user found" }),
    ],
    ["gone when neither queue nor list have it", { result: unknown }, err({ type: "request-not-found" })],
    [
      "gone when fal does not know the request at all",
      { result: unknown, status: unknown },
      err({ type: "request-not-found" }),
    ],
    [
      "gone when the list has no more than its name",
      { result: unknown, list: [200, { items: [{ request_id: "R" }] }] },
      err({ type: "request-not-found" }),
    ],
    ["gone when there is nothing in its place", { result: [200, null] }, err({ type: "request-not-found" })],
    ["gone when there is an empty object in its place", { result: [200, {}] }, err({ type: "request-not-found" })],
    ["gone when it ended between two looks", { result: running }, err({ type: "request-not-found" })],
    [
      "a failure with nothing in its place but an error",
      { result: [200, null], status: failed },
      failure("Invalid status code: 422"),
    ],
    [
      "unknown when the list cannot be read",
      { result: unknown, list: [200, "text"] },
      err({ type: "provider-unavailable", detail: "the list of requests cannot be read" }),
    ],
  ])("is %s", async (_name, answers, expected) => {
    expect((await resultOf(answers)).outcome).toStrictEqual(expected);
  });

  it("comes from the list of requests when the queue has forgotten it", async () => {
    const items = [
      { request_id: "other", json_output: {} },
      { request_id: "R", json_output: { diffusers_lora_file: weights } },
    ];
    const { outcome, asked } = await resultOf({ result: unknown, status: unknown, list: [200, { items }] });
    expect(outcome).toMatchObject(ok({ type: "succeeded", outcome: { weights: { url: weights.url } } }));
    const { searchParams } = new URL(asked.at(-1)?.path ?? "", "http://fal");
    expect(Object.fromEntries(searchParams)).toStrictEqual({
      endpoint_id: "fal-ai/flux-lora-portrait-trainer",
      request_id: "R",
      limit: "100",
      expand: "payloads",
    });
    expect(asked.at(-1)?.headers.authorization).toBe("Key id:secret");
  });

  it("asks by a request id as it is, whatever it contains", async () => {
    const fal = await httpListener((response) => sendJson(response, 404, {}));
    const connection = falConnection({ key: "id:secret", hosts: { queue: fal.url, api: fal.url } });
    await lookAtRequest(connection)(aSubmittedTraining({ requestId: "../../x?y" }));
    const path = "/fal-ai/flux-lora-portrait-trainer/requests/..%2F..%2Fx%3Fy";
    expect(fal.received.slice(0, 2).map((call) => call.path)).toStrictEqual([`${path}/status?logs=1`, path]);
  });
});
