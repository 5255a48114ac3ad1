import { createLikeness } from "@likeness/core";
import { aModel, photoBytes, signedDelivery, someProfiles, testPorts, valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { serverless, type ServerlessOptions } from "./serverless.ts";

const cronSecret = "a secret of the cron";

/** A deployment that is never started, and a training that was ordered in it. */
async function deploy({
  webhookAnswered,
  ...options
}: Partial<ServerlessOptions> & { readonly webhookAnswered?: () => void } = {}) {
  const fakes = testPorts({ profiles: someProfiles({ minimum: 1, maximum: 3 }) });
  const { ports, clock, provider, storage } = fakes;
  const likeness = createLikeness(ports);
  const answer = async (request: Request) => {
    const response = await likeness.webhooks.handle(request);
    webhookAnswered?.();
    return response;
  };
  const handle = serverless(
    { ...likeness, webhooks: { ...likeness.webhooks, handle: answer } },
    { cronSecret, ...options },
  );
  const actor = "web:1";
  const avatar = await valueOf(
    likeness.avatars.create({ actor, kind: "portrait", gender: "unspecified", name: "Ada" }),
  );
  await valueOf(likeness.photos.add({ actor, avatarId: avatar.id, bytes: photoBytes() }));
  const { id: orderId } = await valueOf(likeness.trainings.start({ actor, avatarId: avatar.id }));
  const cron = (authorization = `Bearer ${cronSecret}`) =>
    handle(new Request("https://bot.example/cron", { headers: { authorization } }));
  const status = async () => (await valueOf(storage.store.orders.find(orderId)))?.state.status;
  const webhook = async () => {
    const [requestId = ""] = provider.requests.map((request) => request.requestId);
    provider.report(requestId, { type: "succeeded", outcome: aModel() });
    const { headers, body } = signedDelivery(
      { type: "succeeded", requestId, outcome: aModel() },
      { receivedAt: clock.now() },
    );
    const url = (await ports.webhooks?.address.urlFor(orderId)) ?? "";
    const sent = { method: "POST", headers: headers as Record<string, string>, body: new Uint8Array(body) };
    return handle(new Request(url, sent));
  };
  return { ...fakes, handle, cron, webhook, status };
}

describe("a serverless host", () => {
  it("submits an order at its cron, and says what it did", async () => {
    const { cron, status, provider } = await deploy();
    expect(await status()).toBe("requested");
    const response = await cron();
    expect([response.status, await response.json()]).toMatchObject([200, { failed: 0, handedBack: 0, more: false }]);
    expect(await status()).toBe("submitted");
    expect(provider.accepted).toHaveLength(1);
  });

  it("stores a webhook at once, and applies it at the next cron", async () => {
    const { cron, webhook, status, clock, notifier } = await deploy();
    await cron();
    expect((await webhook()).status).toBe(200);
    expect(await status()).toBe("submitted");
    for (let minute = 0; minute < 3; minute++) {
      await cron();
      await clock.advance(60);
    }
    expect(await status()).toBe("succeeded");
    expect(notifier.attempts.map(({ content }) => content.template)).toStrictEqual(["training-ready"]);
  });

  it("applies a webhook when it was answered, where the platform goes on after the response", async () => {
    const work: Promise<unknown>[] = [];
    const { cron, webhook, status, handle } = await deploy({ afterwards: (promise) => work.push(promise) });
    await cron();
    await webhook();
    await Promise.all(work);
    expect(await status()).toBe("succeeded");
    await handle(new Request("https://bot.example/api/v1/avatar/status_update?order=1&token=2", { method: "POST" }));
    expect(work).toHaveLength(1);
  });

  it("logs that the storage failed behind a webhook, and the next cron does the work", async () => {
    const work: Promise<unknown>[] = [];
    const { cron, webhook, status, storage, log, clock } = await deploy({
      afterwards: (promise) => work.push(promise),
      webhookAnswered: () => storage.setDown(true),
    });
    await cron();
    expect((await webhook()).status).toBe(200);
    await Promise.all(work);
    expect(log.entries.filter(({ level }) => level === "error")).toStrictEqual([
      {
        level: "error",
        fields: { error: "storage-failure" },
        message: "what is due could not be run behind a webhook",
      },
    ]);
    storage.setDown(false);
    for (let minute = 0; minute < 3; minute++) {
      await cron();
      await clock.advance(60);
    }
    expect(await status()).toBe("succeeded");
  });

  it("runs nothing for anybody else", async () => {
    const { cron, status, handle } = await deploy();
    for (const authorization of ["", "Bearer ", `Bearer ${cronSecret}!`, cronSecret])
      expect((await cron(authorization)).status).toBe(401);
    expect((await handle(new Request("https://bot.example/cron"))).status).toBe(401);
    expect((await handle(new Request("https://bot.example/"))).status).toBe(404);
    expect(await status()).toBe("requested");
  });

  it("does not start with a secret that could be guessed", async () => {
    await expect(deploy({ cronSecret: "" })).rejects.toThrow("at least 16 characters");
  });

  it("answers 503 while the storage fails, and goes on after that", async () => {
    const { cron, status, storage } = await deploy();
    storage.setDown(true);
    expect((await cron()).status).toBe(503);
    storage.setDown(false);
    expect((await cron()).status).toBe(200);
    expect(await status()).toBe("submitted");
  });
});
