import type { Found } from "@likeness/core";
import { Api } from "grammy";
import { describe, expect, it } from "vitest";
import { servedFake, type Bench } from "../testing/__fixtures__/served-fake.ts";
import { telegramChecks } from "./telegram-checks.ts";

const webhookUrl = "https://bot.example/telegram/update";

async function foundBy(
  { api, clock }: Pick<Bench, "api" | "clock">,
  url?: string,
): Promise<Record<string, readonly Found[]>> {
  const all = telegramChecks(api, { webhookUrl: url, clock }).map(
    async ({ name, look }) => [name, await look(AbortSignal.timeout(10_000))] as const,
  );
  return Object.fromEntries(await Promise.all(all));
}

describe("telegramChecks", () => {
  it("are well for a bot that polls, once its commands are there", async () => {
    const bench = await servedFake();
    expect((await foundBy(bench))["telegram commands"]).toMatchObject([{ verdict: "warning" }]);
    await bench.api.setMyCommands([{ command: "start", description: "begin" }], {
      scope: { type: "all_private_chats" },
    });
    const found = await foundBy(bench);
    for (const [name, findings] of Object.entries(found)) expect(findings, name).toMatchObject([{ verdict: "ok" }]);
  });

  it("find a token that Telegram does not know, once, and repeat it nowhere", async () => {
    const { url, clock } = await servedFake();
    const token = "99:an-unknown-token-of-the-test";
    const found = await foundBy({ api: new Api(token, { apiRoot: url }), clock });
    expect(found["telegram token"]).toMatchObject([{ verdict: "broken", what: "Telegram does not know this token" }]);
    expect(found["telegram updates"]).toMatchObject([{ verdict: "skipped" }]);
    expect(found["telegram commands"]).toMatchObject([{ verdict: "skipped" }]);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it("find another address than ours, or one where there should be none", async () => {
    const bench = await servedFake();
    expect((await foundBy(bench, webhookUrl))["telegram updates"]).toMatchObject([
      { verdict: "broken", what: "Telegram delivers updates nowhere" },
    ]);
    await bench.api.setWebhook("https://other.example/x?token=secret-of-another");
    const found = [await foundBy(bench, webhookUrl), await foundBy(bench)];
    expect(found.map((each) => each["telegram updates"]?.[0]?.what)).toStrictEqual([
      "Telegram delivers updates to another address, at other.example",
      "Telegram delivers updates to other.example, so this bot cannot fetch them",
    ]);
    expect(JSON.stringify(found)).not.toContain("secret-of-another");
  });

  it("say how many updates wait and why Telegram could not deliver, until that is an hour ago", async () => {
    const { clock } = await servedFake();
    const now = Math.floor(Date.parse(clock.now()) / 1_000);
    const info = { url: webhookUrl, has_custom_certificate: false, pending_update_count: 101 };
    const at = async (seconds: number) => {
      const api = new Api("1:x");
      const answer = { ...info, last_error_date: now - seconds, last_error_message: "Connection refused" };
      api.config.use(async () => ({ ok: true, result: answer }) as never);
      return (await foundBy({ api, clock }, webhookUrl))["telegram updates"]?.map(({ what }) => what);
    };
    expect(await at(60)).toStrictEqual([
      "101 updates wait at Telegram",
      expect.stringMatching(/^Telegram could not deliver an update at 05:59Z: “Connection refused”$/),
    ]);
    expect(await at(3_601)).toStrictEqual(["101 updates wait at Telegram"]);
  });

  it("say when Telegram is not there, and which host is to be reached", async () => {
    const { clock } = await servedFake();
    const found = await foundBy({ api: new Api("1:x", { apiRoot: "http://user:word@127.0.0.1:1/telegram" }), clock });
    for (const findings of Object.values(found))
      expect(findings).toMatchObject([
        {
          verdict: "broken",
          what: expect.stringMatching(/^Telegram does not answer/),
          whatToDo: "let this machine reach 127.0.0.1:1",
        },
      ]);
    const refused = new Api("1:x");
    refused.config.use(() => Promise.reject(new Error("no network")));
    for (const findings of Object.values(await foundBy({ api: refused, clock })))
      expect(findings).toMatchObject([{ whatToDo: "let this machine reach api.telegram.org" }]);
  });
});
