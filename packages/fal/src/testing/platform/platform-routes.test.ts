import { describe, expect, it } from "vitest";
import { servedFake, trainer, type Bench } from "../__fixtures__/served-fake.ts";

interface Page {
  readonly items: readonly { readonly request_id: string; readonly [field: string]: unknown }[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

const get = ({ url }: Bench, path: string, query: Record<string, string>): Promise<Response> =>
  fetch(`${url}${path}?${new URLSearchParams(query)}`, { headers: { authorization: "Key fake-id:fake-secret" } });

const history = async (bench: Bench, query: Record<string, string> = {}): Promise<Page> =>
  (await get(bench, "/v1/models/requests/by-endpoint", { endpoint_id: trainer, ...query })).json();

const idsIn = ({ items }: Page): string[] => items.map(({ request_id }) => request_id);

describe("the fal fake's request history", () => {
  it("lists finished requests, with their payloads when asked", async () => {
    const bench = await servedFake();
    const sent = bench.clock.now();
    const requestId = await bench.submitted();
    expect(await history(bench)).toStrictEqual({ items: [], next_cursor: null, has_more: false });
    await bench.clock.advance(110);
    const facts = {
      request_id: requestId,
      endpoint_id: trainer,
      sent_at: sent,
      started_at: expect.any(String),
      ended_at: bench.clock.now(),
      status_code: 200,
      duration: 100,
    };
    expect((await history(bench)).items).toStrictEqual([facts]);
    expect((await history(bench, { expand: "payloads" })).items).toStrictEqual([
      {
        ...facts,
        json_input: bench.fake.control.accepted()[0]?.input,
        json_output: { diffusers_lora_file: expect.any(Object), config_file: expect.any(Object) },
      },
    ]);
  });

  it("shows running requests only when it is told to", async () => {
    const bench = await servedFake();
    const requestId = await bench.submitted();
    bench.fake.control.history("all");
    expect((await history(bench, { expand: "payloads" })).items).toMatchObject([
      { request_id: requestId, ended_at: null, json_input: { steps: 1000 }, json_output: null },
    ]);
  });

  it("comes in pages, the last to end first", async () => {
    const bench = await servedFake();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) {
      ids.unshift(await bench.submitted());
      await bench.clock.advance(200);
    }
    const first = await history(bench, { limit: "2" });
    const second = await history(bench, { limit: "2", cursor: String(first.next_cursor) });
    const third = await history(bench, { limit: "2", cursor: String(second.next_cursor) });
    expect([first, second, third].flatMap(idsIn)).toStrictEqual(ids);
    expect([first, second, third].map(({ has_more }) => has_more)).toStrictEqual([true, true, false]);
    expect(third.next_cursor).toBe(null);
  });

  it("can be narrowed to an endpoint, a time, a status and a request", async () => {
    const bench = await servedFake();
    bench.fake.control.next({ outcome: "error" });
    const failed = await bench.submitted();
    await bench.clock.advance(25 * 60 * 60);
    const between = bench.clock.now();
    await bench.clock.advance(1);
    const succeeded = await bench.submitted();
    await bench.clock.advance(200);
    const ids = async (query: Record<string, string>): Promise<string[]> => idsIn(await history(bench, query));
    expect(await ids({})).toStrictEqual([succeeded]);
    expect(await ids({ start: "2020-01-01" })).toStrictEqual([succeeded, failed]);
    expect(await ids({ start: "2020-01-01", end: between })).toStrictEqual([failed]);
    expect(await ids({ start: "2020-01-01", status: "success" })).toStrictEqual([succeeded]);
    expect(await ids({ start: "2020-01-01", status: "error" })).toStrictEqual([failed]);
    expect(await ids({ request_id: failed })).toStrictEqual([failed]);
    expect(await ids({ endpoint_id: "fal-ai/flux-lora" })).toStrictEqual([]);
  });

  it.each<Record<string, string>>([
    { endpoint_id: "" },
    { limit: "101" },
    { limit: "0" },
    { cursor: "x" },
    { start: "yesterday" },
  ])("is 422 for %o", async (query) => {
    const bench = await servedFake();
    const wrong = await get(bench, "/v1/models/requests/by-endpoint", { endpoint_id: trainer, ...query });
    expect(wrong.status).toBe(422);
  });

  it("keeps no payloads of a request that does not want them kept", async () => {
    const bench = await servedFake();
    const answer = await bench.submit("/hook", {
      headers: { authorization: "Key fake-id:fake-secret", "content-type": "application/json", "x-fal-store-io": "0" },
    });
    const { response_url } = await answer.json();
    await bench.clock.advance(110);
    expect((await history(bench, { expand: "payloads" })).items[0]).not.toHaveProperty("json_output");
    const result = async (): Promise<number> =>
      (await fetch(response_url, { headers: { authorization: "Key fake-id:fake-secret" } })).status;
    await bench.clock.advance(59 * 60);
    expect(await result()).toBe(200);
    await bench.clock.advance(60);
    expect(await result()).toBe(404);
  });
});

describe("the fal fake's price list", () => {
  it("names unit and price of the endpoints it is asked for", async () => {
    const bench = await servedFake();
    const list = await get(bench, "/v1/models/pricing", { endpoint_id: `${trainer},fal-ai/flux-lora` });
    expect(await list.json()).toStrictEqual({
      prices: [
        { endpoint_id: trainer, unit_price: 0.002, unit: "steps", currency: "USD" },
        { endpoint_id: "fal-ai/flux-lora", unit_price: 0.035, unit: "megapixels", currency: "USD" },
      ],
      next_cursor: null,
      has_more: false,
    });
  });

  it("asks for a key", async () => {
    const { url } = await servedFake();
    expect((await fetch(`${url}/v1/models/pricing?endpoint_id=${trainer}`)).status).toBe(401);
  });
});

describe("the fal fake's key set", () => {
  const keyIds = async ({ url }: Bench): Promise<unknown[]> => {
    const { keys }: { keys: { x: string }[] } = await (await fetch(`${url}/.well-known/jwks.json`)).json();
    return keys.map(({ x }) => x);
  };

  it("holds more keys than one, none private, and no two fakes share any", async () => {
    const [one, another] = [await servedFake(), await servedFake()];
    const keys = [...(await keyIds(one)), ...(await keyIds(another))];
    expect(new Set(keys).size).toBe(4);
    expect(await (await fetch(`${one.url}/.well-known/jwks.json`)).text()).not.toContain('"d"');
  });

  it("changes the signing key when it is rotated", async () => {
    const bench = await servedFake();
    const before = await keyIds(bench);
    bench.fake.control.rotate();
    const after = await keyIds(bench);
    expect(after[0]).toBe(before[0]);
    expect(before).not.toContain(after[1]);
  });

  it("is out of reach while it is down", async () => {
    const { fake, url } = await servedFake();
    const status = async (): Promise<number> => (await fetch(`${url}/.well-known/jwks.json`)).status;
    fake.control.jwks("down");
    expect(await status()).toBe(503);
    fake.control.jwks("up");
    expect(await status()).toBe(200);
  });
});
