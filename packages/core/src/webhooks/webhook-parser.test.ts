import { err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sealDelivery } from "../ports/webhook-receiver.ts";
import { webhookParser } from "./webhook-parser.ts";

const parse = webhookParser(z.object({ request_id: z.string(), done: z.boolean().nullish() }), (body) =>
  body.done ? { type: "finished", requestId: body.request_id } : undefined,
);

const delivery = (body: Uint8Array | string) =>
  sealDelivery(
    {
      headers: {},
      body: typeof body === "string" ? new TextEncoder().encode(body) : body,
      receivedAt: "2026-01-01T00:00:00.000Z",
    },
    "r1",
  );

const malformed = (detail: string) => err({ type: "webhook-malformed", detail });

describe("webhookParser", () => {
  it("maps what the schema lets through, and ignores what it does not name", () => {
    expect(parse(delivery('{"request_id":"r1","done":true,"more":1}'))).toStrictEqual(
      ok({ type: "finished", requestId: "r1" }),
    );
  });

  it.each([
    ["no JSON", "hello"],
    ["nothing", ""],
    ["no UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
  ])("calls %s malformed", (_name, body) => {
    expect(parse(delivery(body))).toStrictEqual(malformed("not JSON in UTF-8"));
  });

  it("says where a body differs from the schema, without repeating its values", () => {
    const result = parse(delivery('{"request_id":42}'));
    expect(result._unsafeUnwrapErr().detail).toMatch(/^request_id: /);
    expect(result._unsafeUnwrapErr().detail).not.toContain("42");
  });

  it("calls a body malformed that is no event", () => {
    expect(parse(delivery('{"request_id":"r1"}'))).toStrictEqual(malformed("no event in it"));
  });
});
