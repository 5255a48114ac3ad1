import { createLikeness } from "@likeness/core";
import { photoBytes, someProfiles, testPorts, valueOf } from "@likeness/testing";
import { Bot, session, type Context, type SessionFlavor } from "grammy";
import { expect, it, onTestFinished } from "vitest";
import { serveTelegramFake } from "../testing/serve-telegram-fake.ts";
import { telegramFake } from "../testing/telegram-fake.ts";
import { avatarChat } from "./avatar-chat.ts";
import { english } from "./__fixtures__/words.ts";

interface HostSession {
  photos: number;
}
type HostContext = Context & SessionFlavor<HostSession>;

/** A bot that had a life of its own before: commands, a session, photos, buttons, a parse mode for everything. */
async function hostBot() {
  const fake = telegramFake();
  const { url: apiRoot, close } = await serveTelegramFake(fake);
  const { ports } = testPorts({ profiles: someProfiles({ minimum: 3, maximum: 5 }) });
  const likeness = createLikeness(ports);

  const bot = new Bot<HostContext>("123456:fake-token", { client: { apiRoot } });
  bot.api.config.use((call, method, payload, signal) => call(method, { ...payload, parse_mode: "HTML" }, signal));
  bot.use(session({ initial: (): HostSession => ({ photos: 0 }) }));

  const avatars = avatarChat({ ...ports, likeness, api: bot.api, hostCommands: ["help"] });
  bot.use(avatars);
  await valueOf(likeness.start(avatars.handlers));

  bot.command("help", (context) => context.reply("<b>Help</b> of the host"));
  bot.command("crash", () => {
    throw new Error("the host's own");
  });
  const inGroups: unknown[] = [];
  bot.chatType(["group", "supergroup"]).use(({ update: { update_id: _id, ...update } }) => void inGroups.push(update));
  bot.on("message:photo", (context) => context.reply(`Photo ${(context.session.photos += 1)} of the host`));
  bot.on("message:text", (context) => context.reply(`The host heard ${context.message.text.length} letters`));
  bot.on("callback_query:data", (context) => context.answerCallbackQuery(`The host's ${context.callbackQuery.data}`));
  bot.on("my_chat_member", (context) => context.session.photos);
  await bot.init();

  onTestFinished(async () => {
    await likeness.stop({ graceMs: 0 });
    await close();
    await fake.close();
  });
  const ada = fake.control.person(42, { firstName: "Ada" });
  let handled = 0;
  const handle = async (): Promise<void> => {
    const updates = fake.control.updates.slice(handled);
    handled = fake.control.updates.length;
    for (const update of updates) await bot.handleUpdate(update);
  };
  const answerTo = async (act: () => unknown) => {
    const before = ada.chat().at(-1)?.id ?? 0;
    act();
    await handle();
    return ada.chat().flatMap(({ id, from, text }) => (from === "bot" && id > before ? [text] : []));
  };
  return { bot, inGroups, ada, handle, answerTo };
}

it("leaves a host everything that is not ours, in every step", async () => {
  const { ada, answerTo, handle } = await hostBot();
  let photos = 0;
  const beTheHost = async (step: string) => {
    expect(await answerTo(() => ada.says("/help")), step).toStrictEqual(["Help of the host"]);
    if (step !== "name")
      expect(await answerTo(() => ada.says("Hello")), step).toStrictEqual(["The host heard 5 letters"]);
    if (step !== "photos")
      expect(await answerTo(() => ada.sendsPhoto(photoBytes())), step).toStrictEqual([
        `Photo ${(photos += 1)} of the host`,
      ]);
    const press = ada.forges("menu:7");
    await handle();
    expect((await press.answer).text, step).toBe("The host's menu:7");
  };
  await answerTo(() => ada.says("/help"));
  await beTheHost("idle");
  expect(await answerTo(() => ada.says("/start"))).toStrictEqual([english("welcome"), english("kind.prompt")]);
  await beTheHost("kind");
  await answerTo(() => ada.presses({ text: english("button.style") }));
  await beTheHost("gender");
  await answerTo(() => ada.presses({ text: english("button.anyone") }));
  await beTheHost("name");
  await answerTo(() => ada.says("<i>A&B</i> [x](y) *z*"));
  await beTheHost("photos");
  await answerTo(() => ada.says("/cancel"));
  await beTheHost("idle again");
});

it.each(["v2", "v10", "v1", "v:1", "video:7"])("leaves a host the button whose data is %s", async (data) => {
  const { ada, handle, answerTo } = await hostBot();
  await answerTo(() => ada.says("/help"));
  const press = ada.forges(data);
  await handle();
  expect((await press.answer).text).toBe(`The host's ${data}`);
});

it("says names as they are, though the host sets a parse mode for everything it sends", async () => {
  const { ada, answerTo } = await hostBot();
  await answerTo(() => ada.says("/start"));
  await answerTo(() => ada.presses({ text: english("button.portrait") }));
  await answerTo(() => ada.presses({ text: english("button.female") }));
  const name = "<i>A&B</i> [x](y) *z*";
  const [prompt] = await answerTo(() => ada.says(name));
  expect(prompt).toContain(name);
  const message = ada.chat().at(-1);
  const bold = message?.entities?.find(({ type }) => type === "bold");
  expect(message?.text?.slice(bold?.offset, (bold?.offset ?? 0) + (bold?.length ?? 0))).toBe(name);
});

it("lets what a host throws reach the host", async () => {
  const { ada, handle } = await hostBot();
  ada.says("/crash");
  await expect(handle()).rejects.toThrow("the host's own");
});

it("leaves a host its groups, also our own commands and buttons there, while the wizard waits for a name", async () => {
  const { bot, inGroups, ada, answerTo } = await hostBot();
  await answerTo(() => ada.says("/start"));
  await answerTo(() => ada.presses({ text: english("button.portrait") }));
  await answerTo(() => ada.presses({ text: english("button.female") }));
  const before = ada.chat();
  const from = { id: ada.id, is_bot: false, first_name: "Ada" };
  const chat = { id: -1001, type: "supergroup" as const, title: "Family" };
  const message = (message_id: number, text: string) => ({ message_id, date: 1, chat, from, text });
  const updates = [
    { message: message(1, "Ada") },
    { message: message(2, "/start") },
    { callback_query: { id: "7", from, chat_instance: "9", data: "v1:kind:style", message: message(3, "Shall we?") } },
  ];
  for (const [index, update] of updates.entries()) await bot.handleUpdate({ update_id: 1_000 + index, ...update });
  expect(inGroups).toStrictEqual(updates);
  expect(ada.chat()).toStrictEqual(before);
});
