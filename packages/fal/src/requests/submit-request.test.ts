import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { testClock } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { aSubmittingTraining, preparedWith } from "../__fixtures__/trainings.ts";
import { falConnection } from "../http/connection.ts";
import { submitRequest } from "./submit-request.ts";

const usual = { timeoutSeconds: 10, keepsPayloads: true };

const key = "key-id:key-secret";
const archiveUrl = "https://v3.fal.media/files/rabbit/training-1.zip";
const webhookUrl = "https://bot.example/api/v1/avatar/status_update?order=t-1&token=a_b-c";
const training = aSubmittingTraining(archiveUrl, "2026-11-23T06:00:00.000Z");
const clock = testClock("2026-11-23T06:00:00.000Z");

const submitTo = (queue: string, seconds = 10) =>
  submitRequest(falConnection({ key, clock, hosts: { queue } }), { ...usual, timeoutSeconds: seconds })({
    order: training,
    prepared: preparedWith(archiveUrl),
    webhookUrl,
  });

/** A queue that ends the submit like this. */
async function submit(ends: (response: ServerResponse, socket: Socket) => void, seconds?: number) {
  const queue = await httpListener((response, _received, socket) => ends(response, socket));
  const result = await submitTo(queue.url, seconds);
  return { result, posts: queue.received };
}

describe("submitRequest", () => {
  it("sends the input with the archive in it, the webhook in the query and nothing that shortens recovery", async () => {
    const urls = { status_url: "https://q/s", response_url: "https://q/r", cancel_url: "https://q/c" };
    const { result, posts } = await submit((response) => sendJson(response, 200, { request_id: "R", ...urls }));
    expect(result).toStrictEqual(
      ok({ requestId: "R", statusUrl: "https://q/s", responseUrl: "https://q/r", cancelUrl: "https://q/c" }),
    );
    expect(posts).toMatchObject([
      {
        method: "POST",
        path: `/fal-ai/flux-lora-portrait-trainer?fal_webhook=${encodeURIComponent(webhookUrl)}`,
        headers: { authorization: `Key ${key}`, "content-type": "application/json" },
      },
    ]);
    expect(JSON.parse(posts[0]?.body ?? "")).toStrictEqual({
      multiresolution_training: true,
      subject_crop: true,
      create_masks: true,
      steps: 1000,
      learning_rate: 2e-4,
      trigger_phrase: training.snapshot.trigger,
      images_data_url: archiveUrl,
    });
    expect(Object.keys(posts[0]?.headers ?? {}).filter((name) => name.startsWith("x-fal"))).toStrictEqual([]);
  });

  it("names no webhook when there is none", async () => {
    const queue = await httpListener((response) => sendJson(response, 200, { request_id: "R" }));
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    expect(
      await submitRequest(connection, usual)({ order: training, prepared: preparedWith(archiveUrl) }),
    ).toStrictEqual(ok({ requestId: "R" }));
    expect(queue.received.map(({ path }) => path)).toStrictEqual(["/fal-ai/flux-lora-portrait-trainer"]);
  });

  it.each([
    [400, "bad"],
    [401, "No user found for (secret)"],
    [403, "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."],
    [404, "Application not found"],
    [409, "status 409"],
    [422, "body.images_data_url: Field required"],
  ])("%i is refused for good", async (status, detail) => {
    const bodies: Record<number, unknown> = {
      401: { detail: `No user found for ${key}` },
      409: {},
      422: { detail: [{ loc: ["body", "images_data_url"], msg: "Field required", type: "missing" }] },
    };
    const { result, posts } = await submit((response) => sendJson(response, status, bodies[status] ?? { detail }));
    expect(result).toStrictEqual(err({ type: "submit-refused", status, detail }));
    expect(posts).toHaveLength(1);
  });

  it.each([
    ["30", 30],
    ["Mon, 23 Nov 2026 06:02:00 GMT", 120],
  ])("429 is for later, after %s", async (header, retryAfterSeconds) => {
    const body = { detail: "Reached concurrent requests limit of 2" };
    const { result, posts } = await submit((response) => sendJson(response, 429, body, { "retry-after": header }));
    expect(result).toStrictEqual(err({ type: "submit-deferred", detail: body.detail, retryAfterSeconds }));
    expect(posts).toHaveLength(1);
  });

  it("429 without a time is for later too", async () => {
    const { result } = await submit((response) => response.writeHead(429).end());
    expect(result).toStrictEqual(err({ type: "submit-deferred", detail: "status 429" }));
  });

  it.each<[string, string, (response: ServerResponse, socket: Socket) => void]>([
    ["500", "status 500", (response) => response.writeHead(500).end()],
    ["502", "status 502", (response) => response.writeHead(502).end("<html>")],
    [
      "503 that says when to come back",
      "down",
      (response) => sendJson(response, 503, { detail: "down" }, { "retry-after": "9" }),
    ],
    ["504", "Request timed out", (response) => sendJson(response, 504, { detail: "Request timed out" })],
    ["408", "status 408", (response) => response.writeHead(408).end()],
    ["499", "status 499", (response) => response.writeHead(499).end()],
    ["a redirect", "status 302", (response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["a redirect that keeps the method", "status 307", (response) => response.writeHead(307, { location: "/x" }).end()],
    ["a reset", "connection reset", (_response, socket) => socket.resetAndDestroy()],
    ["a closed connection", "connection closed", (_response, socket) => socket.end()],
    ["200 that is not JSON", "the answer cannot be read", (response) => response.end("<html>upstream")],
    [
      "200 without a request id",
      "the answer cannot be read",
      (response) => sendJson(response, 200, { status: "IN_QUEUE" }),
    ],
    [
      "200 with an odd request id",
      "the answer cannot be read",
      (response) => sendJson(response, 200, { request_id: 7 }),
    ],
    [
      "200 with an empty request id",
      "the answer cannot be read",
      (response) => sendJson(response, 200, { request_id: "" }),
    ],
    ["200 without a body", "the answer cannot be read", (response) => response.end()],
    ["204", "the answer cannot be read", (response) => response.writeHead(204).end()],
    [
      "200 that breaks off",
      "connection closed",
      (response, socket) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("{", () => socket.destroy());
      },
    ],
    ["200 of megabytes", "the answer is too long", (response) => response.end(Buffer.alloc(3 * 1024 * 1024, " "))],
  ])("%s leaves a doubt", async (_name, detail, ends) => {
    const { result, posts } = await submit(ends);
    expect(result).toStrictEqual(err({ type: "submit-unconfirmed", detail }));
    expect(posts).toHaveLength(1);
  });

  it("no answer in time leaves a doubt, and the connection is not kept waiting", async () => {
    const { result, posts } = await submit(() => undefined, 1);
    expect(result).toStrictEqual(err({ type: "submit-unconfirmed", detail: "no answer in time" }));
    expect(posts).toHaveLength(1);
  });

  it("an answer that does not end in time leaves a doubt", async () => {
    const { result } = await submit((response) => void response.writeHead(200).write("{"), 0.2);
    expect(result).toStrictEqual(err({ type: "submit-unconfirmed", detail: "no answer in time" }));
  });

  it("a connection that is kept from another call and breaks is not taken up again", async () => {
    const queue = await httpListener((response, { method }, socket) =>
      method === "POST" ? socket.destroy() : sendJson(response, 202, { status: "IN_QUEUE" }),
    );
    const connection = falConnection({ key, hosts: { queue: queue.url } });
    for (let call = 0; call < 3; call++) await connection.client().queue.status("fal-ai/x", { requestId: "R" });
    const result = await submitRequest(connection, usual)({ order: training, prepared: preparedWith(archiveUrl) });
    expect(result).toStrictEqual(err({ type: "submit-unconfirmed", detail: "connection closed" }));
    expect(queue.received.map(({ method }) => method)).toStrictEqual(["GET", "GET", "GET", "POST"]);
  });

  it("a refusal counts even when its explanation is lost", async () => {
    const { result, posts } = await submit((response, socket) => {
      response.writeHead(403, { "content-length": "100" });
      response.write("{", () => socket.destroy());
    });
    expect(result).toStrictEqual(err({ type: "submit-refused", status: 403, detail: "status 403" }));
    expect(posts).toHaveLength(1);
  });

  it("a connection that never was is for later", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    expect(await submitTo(`http://127.0.0.1:${port}`)).toStrictEqual(
      err({ type: "submit-deferred", detail: "connection refused" }),
    );
  });

  it("a TLS handshake that failed is for later", async () => {
    const queue = await httpListener((response) => response.end());
    expect(await submitTo(queue.url.replace("http:", "https:"))).toStrictEqual(
      err({ type: "submit-deferred", detail: "the host does not speak TLS" }),
    );
    expect(queue.received).toStrictEqual([]);
  });
});
