import { describe, expect, it } from "vitest";
import { describeCause } from "./describe-cause.ts";

/** As Node tells of a host with two addresses that both refuse. */
const refusedTwice = new AggregateError(
  [new Error("connect ECONNREFUSED ::1:5432"), new Error("connect ECONNREFUSED 127.0.0.1:5432")],
  "",
);

function circle(): Error {
  const error = new Error("round and round");
  error.cause = error;
  return error;
}

describe("describeCause", () => {
  it.each([
    [new TypeError("not open"), "TypeError: not open"],
    ["on purpose", "on purpose"],
    [{ type: "not-ready" }, "not-ready"],
    [{ type: "provider-unavailable", detail: "503" }, "provider-unavailable: 503"],
    [{ type: "storage-failure", cause: new Error("disk full") }, "storage-failure: Error: disk full"],
    [{ url: "https://secret.example" }, "object"],
    [undefined, "undefined"],
    [42, "number"],
  ])("says what is wrong with %j: %s", (cause, text) => {
    expect(describeCause(cause)).toBe(text);
  });

  it("names what caused an error, through all kinds of errors", () => {
    const failed = new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
    expect(describeCause(failed)).toBe("TypeError: fetch failed: Error: read ECONNRESET");
    expect(describeCause({ type: "storage-failure", cause: new Error("no answer", { cause: failed }) })).toBe(
      "storage-failure: Error: no answer: TypeError: fetch failed: Error: read ECONNRESET",
    );
    expect(describeCause(new Error("not stored", { cause: { type: "version-conflict" } }))).toBe(
      "Error: not stored: version-conflict",
    );
  });

  it("names what an AggregateError holds, whose own message is empty", () => {
    const each = "Error: connect ECONNREFUSED ::1:5432; Error: connect ECONNREFUSED 127.0.0.1:5432";
    expect(describeCause(refusedTwice)).toBe(`AggregateError: ${each}`);
    expect(describeCause({ type: "storage-failure", cause: refusedTwice })).toBe(
      `storage-failure: AggregateError: ${each}`,
    );
    expect(describeCause(new TypeError("fetch failed", { cause: refusedTwice }))).toBe(
      `TypeError: fetch failed: AggregateError: ${each}`,
    );
  });

  it("says a thing once", () => {
    const same = new Error("timed out");
    expect(describeCause(new AggregateError([same, same], "all failed"))).toBe(
      "AggregateError: all failed: Error: timed out",
    );
    expect(describeCause(new Error("wrapped Error: timed out", { cause: same }))).toBe(
      "Error: wrapped Error: timed out",
    );
  });

  it("is short, also for an error that causes itself", () => {
    expect(describeCause(new Error("x".repeat(10_000)))).toHaveLength(500);
    expect(describeCause(circle())).toBe("Error: round and round");
    const many = Array.from({ length: 1_000 }, (_, index) => new Error(`number ${index}`));
    expect(describeCause(new AggregateError(many))).toBe(
      "AggregateError: Error: number 0; Error: number 1; Error: number 2",
    );
  });

  it.each([
    "request to https://api.telegram.org/bot123456789:AAF-secret_0123456789abcdefghij/sendMessage failed",
    "connect to postgres://likeness:secret@db.example/likeness failed",
    "GET https://store.example/a?X-Amz-Signature=secret0 was refused",
    "token 123456789:AAF-secret_0123456789abcdefghij is not valid",
    "Authorization: Bearer secret0 was refused",
    "the key 0b6fb5b0-9d3f-4d6e-8f6e-0c9f6f6d2f11:secret0123456789abcdef was refused",
    "r8_secret0123456789abcdef was refused",
    "whsec_secret0123456789abcdef= was refused",
    "data:image/jpeg;base64,c2VjcmV0 is no address",
  ])("leaves links and secrets out wherever they are: %s", (text) => {
    const causes = [
      text,
      new Error(text),
      new TypeError("fetch failed", { cause: new Error(text) }),
      new AggregateError([new Error(text)]),
      { type: "notifier-failure", cause: new Error("not sent", { cause: { type: "provider-refused", detail: text } }) },
    ];
    for (const cause of causes) {
      expect(describeCause(cause)).toMatch(/\((?:link|secret)\)/);
      expect(describeCause(cause)).not.toMatch(/secret0|secret_|c2VjcmV0|:secret@/);
    }
  });

  it.each([
    'duplicate key value violates unique constraint "likeness_notification_order_id_key"',
    "order 01a22f8f-02fb-7af5-bf5c-b5c8fd8c2822 at 2026-12-01T03:03:51.475Z",
    "connect ECONNREFUSED 127.0.0.1:5432",
    "blob 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  ])("leaves what helps: %s", (text) => {
    expect(describeCause(text)).toBe(text);
  });
});
