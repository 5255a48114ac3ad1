import { describe, expect, it } from "vitest";
import { providerError, silence } from "./failure.ts";

describe("providerError", () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 599])("takes status %i for trouble that passes", (status) => {
    expect(providerError({ type: "answer", status, detail: "no" })).toStrictEqual({
      type: "provider-unavailable",
      detail: "no",
    });
  });

  it.each([400, 401, 403, 404, 410, 422, 499])("takes status %i for a refusal", (status) => {
    expect(providerError({ type: "answer", status, detail: "no" })).toStrictEqual({
      type: "provider-refused",
      status,
      detail: "no",
    });
  });

  it.each(["never", "perhaps"] as const)("takes silence after a call that was %s sent for trouble", (sent) => {
    expect(providerError(silence("no answer", sent))).toStrictEqual({
      type: "provider-unavailable",
      detail: "no answer",
    });
  });
});
