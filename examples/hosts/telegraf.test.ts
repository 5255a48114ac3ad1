import { readFileSync } from "node:fs";
import { serveTelegramFake, telegramFake } from "@likeness/grammy/testing";
import { orThrow } from "@likeness/core";
import { Telegraf } from "telegraf";
import { expect, it, onTestFinished, vi } from "vitest";
import { drawPhoto } from "./__fixtures__/draw-photo.ts";
import { openPorts } from "./__fixtures__/open-ports.ts";
import { openWorld } from "./__fixtures__/open-world.ts";
import { withAvatars } from "./telegraf.ts";

const token = "123456:fake-token";

/** A Telegraf bot that polls, with commands and an error handler of its own. */
async function open() {
  const fake = telegramFake({ token });
  const server = await serveTelegramFake(fake);
  const telegraf = new Telegraf(token, { telegram: { apiRoot: server.url } });
  const caught: unknown[] = [];
  telegraf.catch((error) => void caught.push(error));
  const { ports, close } = await openPorts(await openWorld());
  const likeness = await withAvatars(telegraf, ports);
  telegraf.command("health", (context) => context.reply("I am well"));
  telegraf.command("crash", () => {
    throw new Error("the host's own");
  });
  telegraf.help((context) => context.reply("The host helps"));
  telegraf.on("text", (context) => context.reply(`The host heard ${context.message.text}`));
  const polling = telegraf.launch();
  onTestFinished(async () => {
    telegraf.stop();
    await polling;
    await orThrow(likeness.stop({ graceMs: 1_000 }));
    await close();
    await server.close();
    await fake.close();
  });
  const ada = fake.control.person(42, { firstName: "Ada" });
  const said = () => ada.chat().flatMap(({ from, text, caption }) => (from === "bot" ? [text ?? caption ?? ""] : []));
  const answers = (words: RegExp) =>
    vi.waitFor(
      () =>
        expect(
          said().some((text) => words.test(text)),
          String(words),
        ).toBe(true),
      {
        timeout: 120_000,
        interval: 50,
      },
    );
  const presses = (label: RegExp) =>
    vi.waitFor(
      () => {
        const buttons = ada.chat().flatMap((message) => message.buttons.flat());
        const button = buttons.findLast(({ text }) => label.test(text));
        if (!button) throw new Error(`no button ${String(label)} below: ${said().join(" | ")}`);
        return ada.presses({ text: button.text });
      },
      { timeout: 120_000, interval: 50 },
    );
  return { ada, said, answers, presses, caught };
}

it("takes 40 lines", () => {
  const lines = readFileSync(new URL("./telegraf.ts", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
});

it("trains an avatar in a Telegraf bot, which keeps its own commands, words and errors", async () => {
  const { ada, answers, presses, said, caught } = await open();
  ada.says("/health");
  await answers(/^I am well$/);
  ada.says("/start");
  await presses(/portrait/i);
  await presses(/woman|female/i);
  ada.says("/help");
  await answers(/^The host helps$/);
  ada.says("/crash");
  await vi.waitFor(() => expect(caught).toMatchObject([{ message: "the host's own" }]));
  ada.says("Grace");
  await answers(/photos/i);
  ada.sendsAlbum([{ bytes: await drawPhoto(1) }, { bytes: await drawPhoto(2) }]);
  await answers(/That is enough/);
  await presses(/continue/i);
  await presses(/train/i);
  await answers(/Grace.* is ready/s);
  expect(said().filter((text) => text.startsWith("The host heard"))).toStrictEqual([]);
  ada.says("Thank you");
  await answers(/^The host heard Thank you$/);
});
