import { webhookPath } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testCommands, testServer, tokenOf, webhookUrl } from "./__fixtures__/test-server.ts";

const payload = '{ "request_id":"1" }\n';

describe("webhook endpoint", () => {
  it("hands the delivery over byte for byte and answers 200", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const bytes = Buffer.from([0x7b, 0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x7d]);
    const response = await server.inject({
      method: "POST",
      url: await webhookUrl(),
      headers: { "content-type": "application/json", "x-signature": "abc" },
      payload: bytes,
    });
    expect([response.statusCode, response.json()]).toStrictEqual([200, { stored: "new" }]);
    expect(webhooks.received).toHaveLength(1);
    expect(webhooks.received[0]?.admission).toStrictEqual({ orderId: "training-1" });
    expect(webhooks.received[0]?.headers).toMatchObject({ "content-type": "application/json", "x-signature": "abc" });
    expect(Buffer.compare(bytes, webhooks.received[0]?.body ?? Buffer.alloc(0))).toBe(0);
  });

  it("answers 200 to a delivery that is known already", async () => {
    const { server } = await testServer({ webhooks: testCommands(() => okAsync({ stored: "known" })) });
    const response = await server.inject({ method: "POST", url: await webhookUrl(), payload });
    expect([response.statusCode, response.json()]).toStrictEqual([200, { stored: "known" }]);
  });

  it.each(["application/json", "text/plain; charset=utf-8", "application/x-www-form-urlencoded", "not a type", ""])(
    "takes a body of the content type '%s'",
    async (contentType) => {
      const webhooks = testCommands();
      const { server } = await testServer({ webhooks });
      const headers = { "content-type": contentType };
      const response = await server.inject({ method: "POST", url: await webhookUrl(), headers, payload });
      expect(response.statusCode).toBe(200);
      expect(String(webhooks.received[0]?.body)).toBe(payload);
      expect(webhooks.received[0]?.headers["content-type"]).toBe(contentType);
    },
  );

  it("takes a body without content type, and no body at all", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const url = await webhookUrl();
    const withBody = await server.inject({ method: "POST", url, payload: Buffer.from(payload) });
    const without = await server.inject({ method: "POST", url });
    expect([withBody.statusCode, without.statusCode]).toStrictEqual([200, 200]);
    expect(webhooks.received.map(({ headers }) => headers["content-type"])).toStrictEqual([undefined, undefined]);
    expect(webhooks.received.map(({ body }) => String(body))).toStrictEqual([payload, ""]);
  });

  it("joins a header that came several times", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const headers = { "set-cookie": ["a=1", "b=2"] };
    await server.inject({ method: "POST", url: await webhookUrl(), headers, payload });
    expect(webhooks.received[0]?.headers["set-cookie"]).toBe("a=1, b=2");
  });

  it("takes an address of version 0.1, which calls the order a training", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const url = (await webhookUrl()).replace("?order=", "?training=");
    expect((await server.inject({ method: "POST", url, payload })).statusCode).toBe(200);
    expect(webhooks.received[0]?.admission).toStrictEqual({ orderId: "training-1" });
  });

  it("answers 404 to an address that is not ours, and looks no further", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const right = await webhookUrl();
    const token = tokenOf(right);
    const wrong = [
      webhookPath,
      `${webhookPath}?`,
      `${webhookPath}?order=training-1`,
      `${webhookPath}?token=${token}`,
      `${webhookPath}?order=&token=${token}`,
      `${webhookPath}?order=training-2&token=${token}`,
      `${webhookPath}?order=training-1&token=${token.slice(0, -1)}`,
      `${webhookPath}?order=training-1&token=%zz`,
      `${right}&token=${token}`,
      `${right}&order=training-1`,
      `${right}&training=training-1`,
      `${webhookPath}?order[]=training-1&token[]=${token}`,
      right.replace("?", "/more?"),
    ];
    for (const url of wrong) {
      const response = await server.inject({ method: "POST", url, payload });
      expect([url, response.statusCode, response.json()]).toStrictEqual([url, 404, { error: "webhook-not-found" }]);
    }
    expect(webhooks.received).toStrictEqual([]);
  });

  it("answers 401 to a delivery that is rejected, without saying why", async () => {
    const webhooks = testCommands(() => errAsync({ type: "webhook-rejected", reason: "signature-stale" }));
    const { server } = await testServer({ webhooks });
    const response = await server.inject({ method: "POST", url: await webhookUrl(), payload });
    expect([response.statusCode, response.json()]).toStrictEqual([401, { error: "webhook-rejected" }]);
  });

  it("answers 503 when the delivery could not be stored, and logs the cause", async () => {
    const webhooks = testCommands(() => errAsync({ type: "storage-failure", cause: new Error("disk full") }));
    const { server, lines } = await testServer({ webhooks });
    const response = await server.inject({ method: "POST", url: await webhookUrl(), payload });
    expect([response.statusCode, response.json()]).toStrictEqual([503, { error: "storage-failure" }]);
    const said = lines.filter((line) => line.includes("disk full"));
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ orderId: "training-1" }]);
  });

  it("answers 500 when a command throws, and does not repeat what it threw", async () => {
    const webhooks = testCommands(() => {
      throw new Error("a secret of the program");
    });
    const { server, lines } = await testServer({ webhooks });
    const response = await server.inject({ method: "POST", url: await webhookUrl(), payload });
    expect([response.statusCode, response.json()]).toStrictEqual([500, { error: "internal-error" }]);
    const said = lines.filter((line) => line.includes("webhook failed"));
    expect(said.map((line) => JSON.parse(line))).toMatchObject([{ orderId: "training-1" }]);
  });

  it.each(["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "QUERY"])(
    "answers 405 with Allow: POST to %s, with a right token too",
    async (method) => {
      const webhooks = testCommands();
      const { server } = await testServer({ webhooks });
      for (const url of [webhookPath, await webhookUrl()]) {
        const response = await server.inject({ method: method as "GET", url });
        expect([response.statusCode, response.headers["allow"]]).toStrictEqual([405, "POST"]);
      }
      expect(webhooks.received).toStrictEqual([]);
    },
  );

  it("takes 1 MiB and answers 413 to a byte more", async () => {
    const webhooks = testCommands();
    const { server } = await testServer({ webhooks });
    const url = await webhookUrl();
    const fits = await server.inject({ method: "POST", url, payload: Buffer.alloc(1_048_576) });
    const exceeds = await server.inject({ method: "POST", url, payload: Buffer.alloc(1_048_577) });
    expect(fits.statusCode).toBe(200);
    expect([exceeds.statusCode, exceeds.json()]).toStrictEqual([413, { error: "body-too-large" }]);
    expect(webhooks.received).toHaveLength(1);
  });

  it("takes as much as the receiver says that its provider sends", async () => {
    const webhooks = { ...testCommands(), maxBytes: 2_000_000 };
    const { server } = await testServer({ webhooks });
    const url = await webhookUrl();
    const sizes = [2_000_000, 2_000_001];
    const answers = await Promise.all(
      sizes.map((size) => server.inject({ method: "POST", url, payload: Buffer.alloc(size) })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toStrictEqual([200, 413]);
  });

  it("answers 404 before 413", async () => {
    const { server } = await testServer({ webhooks: testCommands() });
    const response = await server.inject({ method: "POST", url: webhookPath, payload: Buffer.alloc(2_000_000) });
    expect(response.statusCode).toBe(404);
  });

  it("is not there for a deployment that only polls", async () => {
    const { server } = await testServer({});
    const response = await server.inject({ method: "POST", url: await webhookUrl(), payload });
    expect(response.statusCode).toBe(404);
    expect(server.hasRoute({ method: "POST", url: webhookPath })).toBe(false);
  });

  it("can stand under a prefix and on another path", async () => {
    const { server } = await testServer({ webhooks: testCommands(), prefix: "/bot", path: "/hook" });
    const url = (await webhookUrl()).replace(webhookPath, "/bot/hook");
    expect((await server.inject({ method: "POST", url, payload })).statusCode).toBe(200);
    expect((await server.inject("/bot/health")).statusCode).toBe(200);
    expect((await server.inject({ method: "POST", url: await webhookUrl(), payload })).statusCode).toBe(404);
  });
});
