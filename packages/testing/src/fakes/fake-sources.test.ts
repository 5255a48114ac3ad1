import { describe, expect, it } from "vitest";
import { err, ok } from "neverthrow";
import { aModel } from "../fixtures/model.ts";
import { valueOf } from "../results/value-of.ts";
import { brokenStream, bytesOf } from "../streams/streams.ts";
import { fakeOutcomeSource } from "./fake-outcome-source.ts";
import { fakePhotoSource } from "./fake-photo-source.ts";

const { signal } = new AbortController();

describe("fakePhotoSource", () => {
  it("has what was offered, and nothing else", async () => {
    const source = fakePhotoSource();
    const bytes = Uint8Array.of(1, 2, 3);
    const reference = source.offer("file-1", bytes);
    expect(await source.fetch(reference, signal)).toStrictEqual(ok(bytes));
    expect(await source.fetch({ locator: "file-2", key: "2" }, signal)).toStrictEqual(
      err({ type: "source-refused", reason: "gone" }),
    );
    expect(source.fetched).toStrictEqual(["file-1", "file-2"]);
  });

  it("fails when told to, once", async () => {
    const source = fakePhotoSource();
    const reference = source.offer("file-1", Uint8Array.of(1));
    source.failNext({ type: "source-unavailable", detail: "503", retryAfterSeconds: 5 });
    expect((await source.fetch(reference, signal)).isErr()).toBe(true);
    expect((await source.fetch(reference, signal)).isOk()).toBe(true);
  });
});

describe("fakeOutcomeSource", () => {
  it("serves a model, or what it was told to", async () => {
    const outcomes = fakeOutcomeSource();
    const { weights, config } = aModel();
    const served = await bytesOf(await valueOf(outcomes.open(weights)));
    expect(new TextDecoder().decode(served)).toContain(weights.url);
    expect(served).toHaveLength(weights.bytes ?? 0);
    expect(await new Response(await valueOf(outcomes.open(config ?? weights))).json()).toStrictEqual({
      text: config?.url,
    });
    outcomes.serve(weights.url, Uint8Array.of(7));
    expect(await bytesOf(await valueOf(outcomes.open(weights)))).toStrictEqual(Uint8Array.of(7));
    outcomes.serve(weights.url, () => brokenStream());
    await expect(bytesOf(await valueOf(outcomes.open(weights)))).rejects.toThrow("the stream broke");
    expect(outcomes.opened).toStrictEqual([weights.url, config?.url, weights.url, weights.url]);
  });

  it("fails when told to, once", async () => {
    const outcomes = fakeOutcomeSource();
    outcomes.failNext({ type: "request-not-found" });
    expect(await outcomes.open(aModel().weights)).toStrictEqual(err({ type: "request-not-found" }));
    expect((await outcomes.open(aModel().weights)).isOk()).toBe(true);
  });
});
