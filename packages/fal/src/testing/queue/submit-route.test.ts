import { describe, expect, it } from "vitest";
import { servedFake } from "../__fixtures__/served-fake.ts";

const accepted = { status: "IN_QUEUE", endpoint: "fal-ai/flux-lora-fast-training" };

describe("a submit to the fal fake", () => {
  it("is counted when it is accepted, with what was asked for", async () => {
    const { fake, receiver, submitted } = await servedFake();
    const requestId = await submitted("/hook?order=1");
    expect(fake.control.accepted()).toStrictEqual([
      {
        ...accepted,
        requestId,
        input: { images_data_url: expect.stringMatching(/\/files\/.*\.zip$/), steps: 1000 },
        webhookUrl: `${receiver.url}/hook?order=1`,
      },
    ]);
  });

  it.each([
    [422, { detail: [{ type: "missing" }] }],
    [403, { detail: expect.stringMatching(/^User is locked/) }],
    [429, { type: "concurrent_requests_limit" }],
    [500, { error_type: "internal_error" }],
    [504, { error_type: "request_timeout" }],
  ])("can be refused with %i: nothing is accepted", async (status, body) => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: { status, retryAfter: 30 } });
    const answer = await submit();
    expect(answer.status).toBe(status);
    expect(answer.headers.get("retry-after")).toBe("30");
    expect(await answer.json()).toMatchObject(body);
    expect(fake.control.accepted()).toStrictEqual([]);
  });

  it("can be refused with words of one's own", async () => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: { status: 418, body: { detail: "teapot" } } });
    expect(await (await submit()).json()).toStrictEqual({ detail: "teapot" });
  });

  it.each([
    ["drop-before-accepting", 0],
    ["drop-after-accepting", 1],
  ] as const)("can lose its connection: %s", async (behaviour, count) => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: behaviour });
    await expect(submit()).rejects.toThrow("fetch failed");
    expect(fake.control.accepted()).toHaveLength(count);
  });

  it("can be accepted and answered with 504", async () => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: "504-after-accepting" });
    expect((await submit()).status).toBe(504);
    expect(fake.control.accepted()).toMatchObject([accepted]);
  });

  it("can be accepted and answered with something unreadable", async () => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: "garbage-after-accepting" });
    const answer = await submit();
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
    expect(fake.control.accepted()).toMatchObject([accepted]);
  });

  it("can be accepted and never answered", async () => {
    const { fake, submit } = await servedFake();
    fake.control.next({ submit: "hang-after-accepting" });
    const leaving = new AbortController();
    const answer = submit("/hook", { signal: leaving.signal });
    await expect.poll(() => fake.control.accepted()).toMatchObject([accepted]);
    leaving.abort();
    await expect(answer).rejects.toThrow("aborted");
  });

  it("follows the next behaviours in turn, then the standing one", async () => {
    const { fake, submit } = await servedFake();
    fake.control.always({ submit: { status: 500 } });
    fake.control.next({ submit: { status: 429 } });
    fake.control.next({ submit: "accept" });
    expect([await submit(), await submit(), await submit()].map(({ status }) => status)).toStrictEqual([429, 200, 500]);
    fake.control.always({});
    expect((await submit()).status).toBe(200);
  });

  it("is 422 without JSON and 405 with another method", async () => {
    const { submit } = await servedFake();
    expect((await submit("/hook", { body: "steps=1" })).status).toBe(422);
    expect((await submit("/hook", { body: "[]" })).status).toBe(422);
    const wrongMethod = await submit("/hook", { method: "PUT" });
    expect([wrongMethod.status, wrongMethod.headers.get("allow")]).toStrictEqual([405, "POST"]);
  });

  it("is written down without its key", async () => {
    const { fake, submit } = await servedFake();
    await submit();
    const request = fake.requests.at(-1);
    expect(request).toMatchObject({
      method: "POST",
      path: "/fal-ai/flux-lora-fast-training",
      query: { fal_webhook: expect.stringMatching(/\/hook$/) },
      headers: { "content-type": "application/json" },
      authorization: true,
      body: { steps: 1000 },
    });
    expect(JSON.stringify(request)).not.toContain("fake-secret");
  });
});
