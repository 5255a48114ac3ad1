import { expect, it, vi } from "vitest";
import { destination, fakeStage, hosts, token } from "../__fixtures__/fake-stage.ts";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateFake, serveReplicateFake, type ReplicateFakeOptions } from "./index.ts";

const webhook = "https://bot.example/webhooks/training?order=1&token=2";
const [model, version] = replicateProfiles.portrait.endpoint.split(":");

/** A fake that has the destination, and calls of its API. */
async function stageOf(options: ReplicateFakeOptions = {}) {
  const { fake, fetch, clock } = fakeStage(options);
  const call = async (path: string, body?: unknown) => {
    const response = await fetch(`${hosts.api}/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as { id: string; [name: string]: unknown } };
  };
  const [owner, name] = destination.split("/");
  await call("/models", { owner, name, visibility: "private", hardware: "cpu" });
  const train = (body: object = {}) =>
    call(`/models/${model}/versions/${version}/trainings`, { destination, input: {}, webhook, ...body });
  return { fake, fetch, clock, call, train };
}

it("tries a webhook that nobody takes for a minute, with one id and another time each, and then no more", async () => {
  const { fake, clock, train } = await stageOf({ deliver: async () => new Response(null, { status: 503 }) });
  await train();
  await clock.advance(300);
  const times = fake.deliveries.map(({ headers }) => Number(headers["webhook-timestamp"]));
  expect(times.map((time) => time - (times[0] ?? 0))).toStrictEqual([0, 5, 15, 35, 60]);
  expect(new Set(fake.deliveries.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
});

it("delivers twice, none, or with a log of megabytes, as it is told", async () => {
  const deliver = vi.fn<typeof fetch>(async () => new Response());
  const { fake, clock, train } = await stageOf({ deliver });
  fake.control.next({ webhook: "twice" });
  await train();
  await clock.advance(10);
  expect(fake.deliveries).toHaveLength(2);
  fake.control.next({ webhook: "none" });
  await train();
  await clock.advance(10);
  expect(fake.deliveries).toHaveLength(2);
  fake.control.next({ logBytes: 2_000_000 });
  await train();
  await clock.advance(10);
  expect(fake.deliveries.at(-1)?.body.length).toBeGreaterThan(2_000_000);
});

it("reports a run before it answers the request, and answers it in a gateway's words", async () => {
  const { fake, train } = await stageOf({ deliver: async () => new Response() });
  fake.control.next({ webhook: "before-answer" });
  const { body } = await train();
  expect(body["status"]).toBe("succeeded");
  expect(fake.deliveries).toHaveLength(1);
  fake.control.next({ submit: "504-after-accepting" });
  await expect(train()).rejects.toThrow("JSON");
  expect(fake.runs().map(({ kind, status }) => [kind, status])).toStrictEqual([
    ["training", "succeeded"],
    ["training", "starting"],
  ]);
  expect(fake.requests.filter((request) => request.webhook === webhook).map(({ status }) => status)).toStrictEqual([
    201, 504,
  ]);
});

it("knows the webhooks that it will try again", async () => {
  const answers = [503, 200];
  const deliver = async () => new Response(null, { status: answers.shift() ?? 500 });
  const { fake, clock, train } = await stageOf({ deliver });
  await train();
  await clock.advance(4);
  expect([fake.deliveries.length, fake.waitingWebhooks()]).toStrictEqual([1, 1]);
  await clock.advance(5);
  expect([fake.deliveries.length, fake.waitingWebhooks()]).toStrictEqual([2, 0]);
});

it("makes a picture without content where it is told so", async () => {
  const { fake, call, clock, fetch } = await stageOf();
  const draw = () => call("/models/black-forest-labs/flux-dev-lora/predictions", { input: { aspect_ratio: "1:1" } });
  const sizeOf = async (id: string) => {
    const { output } = (await call(`/predictions/${id}`)).body as { output?: [string] };
    return (await (await fetch(output?.[0] ?? "")).arrayBuffer()).byteLength;
  };
  fake.control.next({ outcome: "black" });
  const [black, drawn] = [await draw(), await draw()];
  await clock.advance(10);
  expect(await sizeOf(black.body.id)).toBeLessThan((await sizeOf(drawn.body.id)) / 4);
});

it("signs with both secrets while one is being changed", async () => {
  const { fake, clock, train } = await stageOf({ deliver: async () => new Response() });
  fake.control.rotateSecret({ overlap: true });
  await train();
  await clock.advance(10);
  expect(fake.deliveries[0]?.headers["webhook-signature"]?.split(" ")).toHaveLength(2);
});

it("says what is wrong as Replicate does", async () => {
  const { call, train, fetch } = await stageOf();
  expect((await train({ destination: "acme/other" })).status).toBe(404);
  expect((await call("/predictions", { version: "0".repeat(64), input: {} })).status).toBe(422);
  expect((await call("/models/acme/none/predictions", { input: {} })).status).toBe(404);
  expect((await call("/models", { owner: "other", name: "x", visibility: "private" })).status).toBe(404);
  expect((await call("/trainings/none")).status).toBe(404);
  expect((await fetch(`${hosts.api}/v1/account`)).status).toBe(401);
});

it("removes a picture an hour after it was made", async () => {
  const { call, clock, fetch } = await stageOf();
  const made = await call("/models/black-forest-labs/flux-dev-lora/predictions", { input: { seed: 1 } });
  await clock.advance(10);
  const { output } = (await call(`/predictions/${made.body.id}`)).body as { output?: [string] };
  const [url = ""] = output ?? [];
  expect((await fetch(url)).status).toBe(200);
  await clock.advance(3600);
  expect((await call(`/predictions/${made.body.id}`)).body).toMatchObject({
    output: null,
    data_removed: true,
    logs: "",
  });
  expect((await fetch(url)).status).toBe(404);
});

it("is served over HTTP, where a dropped answer is a reset connection", async () => {
  const fake = replicateFake();
  const { url, close } = await serveReplicateFake(fake);
  try {
    fake.control.next({ submit: "drop-before-accepting" });
    const headers = { authorization: "Bearer r8_fake", "content-type": "application/json" };
    const path = `${url}/v1/models/black-forest-labs/flux-dev-lora/predictions`;
    const init = { method: "POST", headers, body: '{"input":{}}' };
    await expect(fetch(path, init)).rejects.toThrow();
    expect((await fetch(path, init)).status).toBe(201);
  } finally {
    fake.close();
    await close();
  }
});
