import { describe, expect, it } from "vitest";
import { describeCause } from "./outcome-of-run.ts";

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

  it("is short", () => {
    expect(describeCause(new Error("x".repeat(10_000)))).toHaveLength(500);
  });
});
