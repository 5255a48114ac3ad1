import { advanceOrder, type JsonObject, type Training, type OrderTrace } from "@likeness/core";
import { anArchive, aSnapshot, aTraining, testClock, valueOf } from "@likeness/testing";
import { err, ok } from "neverthrow";
import { expect, it } from "vitest";
import { aPhotoEntry } from "../__fixtures__/archives.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";
import { falProfiles } from "../profiles/fal-profiles.ts";
import { preparedWith, upload } from "../__fixtures__/trainings.ts";

/** A training that the fake runs until it is told otherwise. */
async function submitted() {
  const clock = testClock();
  const bench = await servedFake(clock);
  const { fake, provider } = bench;
  fake.control.always({ outcome: "never" });
  const archiveUrl = await valueOf(upload(provider, anArchive({ entries: [aPhotoEntry("photo_001.jpg", 100)] })));
  const snapshot = aSnapshot({ profile: falProfiles.portrait, manifest: [] });
  const submitStartedAt = clock.now();
  const prepared = preparedWith(archiveUrl);
  const state = { status: "submitting", prepared, submitStartedAt } as const;
  const training: Training = { ...aTraining("submitting", { provider: "fal", snapshot }), state };
  const request = await valueOf(provider.submit({ order: training, prepared }));
  const { endpoint } = snapshot;
  const nothing = { orderId: training.id, endpoint } satisfies OrderTrace;
  const { requestId, statusUrl, cancelUrl } = request;
  const outputUrl = async (): Promise<string> => {
    const accepted = advanceOrder(training, { type: "accept", request, at: clock.now() });
    const result = await valueOf(provider.look(accepted._unsafeUnwrap()));
    return result.type === "succeeded" ? (result.outcome["weights"]?.url ?? "") : "";
  };
  const kept = async () => {
    const query = new URLSearchParams({ endpoint_id: endpoint, request_id: requestId, expand: "payloads" });
    const headers = { authorization: "Key fake-id:fake-secret" };
    const list = await fetch(`${bench.url}/v1/models/requests/by-endpoint?${query}`, { headers });
    return { archive: (await fetch(archiveUrl)).status, list: await list.text() };
  };
  const asked = () => fake.requests.map(({ method, path }) => `${method} ${path}`);
  return {
    ...bench,
    clock,
    archiveUrl,
    prepared,
    requestId,
    nothing,
    submitStartedAt,
    handle: { requestId, statusUrl, cancelUrl },
    outputUrl,
    kept,
    asked,
  };
}

const refused = (detail: string) => err({ type: "provider-refused", status: 403, detail });
const notYet = err({ type: "provider-unavailable", detail: "the request has not ended yet", retryAfterSeconds: 60 });

it("hides the archive and deletes input, output and files of a request that has ended, however often", async () => {
  const { fake, provider, nothing, handle, requestId, archiveUrl, outputUrl, kept } = await submitted();
  await fake.control.finish(requestId, "ok");
  const weights = await outputUrl();
  expect((await fetch(weights)).status).toBe(200);
  // What a training that has ended knows: its archive is named in fal's list only.
  expect(await provider.erase({ ...nothing, ...handle })).toStrictEqual(ok(undefined));
  const { archive, list } = await kept();
  expect(archive).toBe(404);
  expect(list).toContain(requestId);
  expect(list).not.toContain(archiveUrl);
  expect((await fetch(weights)).status).toBe(404);
  expect(await provider.erase({ ...nothing, ...handle })).toStrictEqual(ok(undefined));
});

it("stops what still runs, and deletes when that has ended", async () => {
  const { fake, provider, nothing, handle, archiveUrl, prepared, requestId, kept, asked } = await submitted();
  fake.control.setProgress(requestId, 10);
  const trace = { ...nothing, ...handle, prepared };
  fake.control.fault("status", { status: 503 });
  expect(await provider.erase(trace)).toMatchObject(err({ type: "provider-unavailable" }));
  const first = await provider.erase(trace);
  if (first.isErr()) {
    expect(first).toStrictEqual(notYet);
    expect(asked().filter((line) => line.startsWith("DELETE"))).toStrictEqual([]);
  }
  expect(asked().filter((line) => line.endsWith("/cancel"))).toHaveLength(1);
  expect((await kept()).archive).toBe(404);
  await fake.control.finish(requestId, "ok");
  expect(await provider.erase(trace)).toStrictEqual(ok(undefined));
  expect((await kept()).list).not.toContain(archiveUrl);
});

it("finds a request whose answer was lost", async () => {
  const { fake, provider, nothing, archiveUrl, prepared, submitStartedAt, requestId, kept } = await submitted();
  await fake.control.finish(requestId, "error");
  expect(await provider.erase({ ...nothing, prepared, submitStartedAt })).toStrictEqual(ok(undefined));
  expect((await kept()).list).not.toContain(archiveUrl);
});

it("finds one for which nothing was prepared by its input, and touches no other", async () => {
  const { fake, provider, nothing, submitStartedAt, requestId, kept } = await submitted();
  await fake.control.finish(requestId, "ok");
  const trace = { ...nothing, prepared: { input: {} }, submitStartedAt };
  const others: readonly (JsonObject | undefined)[] = [undefined, {}, { prompt: "another" }];
  for (const input of others) expect(await provider.erase({ ...trace, input })).toStrictEqual(ok(undefined));
  expect((await kept()).list).toContain("json_input");
  const input = JSON.parse((await kept()).list).items[0].json_input;
  expect(await provider.erase({ ...trace, input })).toStrictEqual(ok(undefined));
  expect((await kept()).list).not.toContain("json_input");
});

it("hides an archive that no request has", async () => {
  const { provider, nothing, prepared, kept } = await submitted();
  expect(await provider.erase({ ...nothing, prepared })).toStrictEqual(ok(undefined));
  expect((await kept()).archive).toBe(404);
});

it("hides weights that were uploaded again for a picture, in the list where they are", async () => {
  const { provider, nothing, archiveUrl, kept } = await submitted();
  const prepared = { input: { loras: [{ path: archiveUrl, scale: 1 }] } };
  expect(await provider.erase({ ...nothing, endpoint: "fal-ai/flux-lora", prepared })).toStrictEqual(ok(undefined));
  expect((await kept()).archive).toBe(404);
});

it("hides weights that were uploaded again for an avatar, beside what its training was sent with", async () => {
  const { fake, provider, nothing, handle, archiveUrl, requestId } = await submitted();
  const copy = await valueOf(upload(provider, anArchive({ name: "copy", entries: [aPhotoEntry("weights", 100)] })));
  await fake.control.finish(requestId, "ok");
  expect(await provider.erase({ ...nothing, ...handle, copies: [copy] })).toStrictEqual(ok(undefined));
  for (const url of [archiveUrl, copy]) expect((await fetch(url)).status).toBe(404);
});

it("does the one although the other is refused, and says what was", async () => {
  const { fake, provider, nothing, handle, archiveUrl, prepared, requestId, kept } = await submitted();
  await fake.control.finish(requestId, "ok");
  const trace = { ...nothing, ...handle, prepared };
  fake.control.fault("delete-payloads", { status: 403, body: { detail: "admin only" } });
  expect(await provider.erase(trace)).toStrictEqual(refused("admin only"));
  expect((await kept()).archive).toBe(404);
  fake.control.fault("file-acl", { status: 403, body: { detail: "assets:write only" } });
  expect(await provider.erase(trace)).toStrictEqual(refused("assets:write only"));
  expect((await kept()).list).not.toContain(archiveUrl);
});

it("does not delete what names the archive before that is hidden", async () => {
  const { fake, provider, nothing, handle, requestId, kept } = await submitted();
  await fake.control.finish(requestId, "ok");
  fake.control.fault("file-acl", { status: 503 });
  expect(await provider.erase({ ...nothing, ...handle })).toMatchObject(err({ type: "provider-unavailable" }));
  expect(await provider.erase({ ...nothing, ...handle })).toStrictEqual(ok(undefined));
  expect((await kept()).archive).toBe(404);
});
