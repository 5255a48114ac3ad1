import type { JsonObject, Order } from "@likeness/core";
import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { httpListener, sendJson } from "../__fixtures__/http-listener.ts";
import { aSubmittingTraining } from "../__fixtures__/trainings.ts";
import { falConnection } from "../http/connection.ts";
import { findRequest } from "./find-request.ts";

const archiveUrl = "https://v3.fal.media/files/a/training-1.zip";
const ours = { request_id: "ours", json_input: { images_data_url: archiveUrl } };
const other = { request_id: "other", json_input: { images_data_url: "https://v3.fal.media/files/b/training-2.zip" } };

const training = aSubmittingTraining(archiveUrl, "2026-11-23T06:00:00.000Z");

/** An order for which nothing was prepared. */
const anImageOrder = (input: JsonObject): Order => ({
  ...training,
  kind: "images",
  snapshot: { endpoint: "fal-ai/flux-lora", input },
  state: { status: "submitting", prepared: { input: {} }, submitStartedAt: "2026-11-23T06:00:00.000Z" },
});

async function find(pages: readonly unknown[], order: Order = training) {
  const fal = await httpListener((response, { path }) => {
    const cursor = Number(new URL(path, "http://fal").searchParams.get("cursor") ?? 0);
    sendJson(response, 200, pages[cursor] ?? { items: [other], next_cursor: String(cursor + 1), has_more: true });
  });
  const connection = falConnection({ key: "id:secret", hosts: { api: fal.url } });
  const found = await findRequest(connection)(order);
  return { found, asked: fal.received.map(({ path }) => Object.fromEntries(new URL(path, "http://fal").searchParams)) };
}

describe("findRequest", () => {
  it("looks through all pages, from five minutes before the submit", async () => {
    const { found, asked } = await find([
      { items: [other], next_cursor: "1" },
      { items: [other], next_cursor: "2" },
      { items: [other, ours], next_cursor: "3" },
    ]);
    expect(found).toStrictEqual(ok({ requestId: "ours" }));
    const query = {
      endpoint_id: "fal-ai/flux-lora-portrait-trainer",
      start: "2026-11-23T05:55:00.000Z",
      limit: "100",
      expand: "payloads",
    };
    expect(asked).toStrictEqual([query, { ...query, cursor: "1" }, { ...query, cursor: "2" }]);
  });

  it("knows an order for which nothing was prepared by its whole input", async () => {
    const input = { prompt: "a person", seed: 7, loras: [{ path: "https://v3.fal.media/files/a/lora", scale: 1 }] };
    const items = [
      other,
      { request_id: "of another seed", json_input: { ...input, seed: 8 } },
      { request_id: "of another model", json_input: { ...input, loras: [] } },
      { request_id: "ours", json_input: { ...input, num_images: 1 } },
    ];
    expect((await find([{ items }], anImageOrder(input))).found).toStrictEqual(ok({ requestId: "ours" }));
  });

  it("finds nothing by an input that is empty, as every request has it", async () => {
    const { found, asked } = await find([{ items: [other] }], anImageOrder({}));
    expect(found).toStrictEqual(ok(undefined));
    expect(asked).toStrictEqual([]);
  });

  it("is content with the last page, and does not go on for ever", async () => {
    const { found, asked } = await find([{ items: [other], next_cursor: null }]);
    expect(found).toStrictEqual(ok(undefined));
    expect(asked).toHaveLength(1);
    const endless = await find([]);
    expect(endless.found).toStrictEqual(ok(undefined));
    expect(endless.asked).toHaveLength(20);
  });

  it("passes over what it cannot read", async () => {
    const items = [
      null,
      "text",
      {},
      { request_id: 7 },
      { request_id: "x", json_input: null },
      { ...ours, json_input: [] },
      ours,
    ];
    expect((await find([{ items }])).found).toStrictEqual(ok({ requestId: "ours" }));
  });

  it("cannot tell when the list is not one", async () => {
    const error = { type: "provider-unavailable", detail: "the list of requests cannot be read" };
    expect((await find([{ detail: "no" }])).found).toStrictEqual(err(error));
  });
});
