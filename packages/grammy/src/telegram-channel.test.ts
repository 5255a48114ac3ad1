import { createLikeness, defaultPolicy, type Policy } from "@likeness/core";
import { aModel, photoBytes, someProfiles, testPorts, valueOf } from "@likeness/testing";
import { Bot, session, type BotError, type Context, type SessionFlavor } from "grammy";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { english } from "./chat/__fixtures__/words.ts";
import { telegramChannel, type ChannelChatOptions, type TelegramChannelOptions } from "./telegram-channel.ts";
import { serveTelegramFake } from "./testing/serve-telegram-fake.ts";
import { telegramFake } from "./testing/telegram-fake.ts";
import type { TextOptions } from "./texts/catalog.ts";

const token = "123456:fake-token";

interface HostSession {
  greetings: number;
}
type HostContext = Context & SessionFlavor<HostSession>;

interface HostOptions {
  readonly options?: TelegramChannelOptions;
  readonly pictures?: boolean;
  readonly policy?: Partial<Policy>;
  readonly about?: ChannelChatOptions["about"];
}

/** A bot that polls, with a menu, commands, a session and an error handler of its own, and our chat in it. */
async function hostBot({ options, pictures = true, policy, about }: HostOptions = {}) {
  const fake = telegramFake({ token });
  const { url: apiRoot, close } = await serveTelegramFake(fake);
  const { ports, storage, provider, clock, log } = testPorts({ profiles: someProfiles({ minimum: 1, maximum: 3 }) });
  const { images, notifier: _notifier, photoSource: _photoSource, ...given } = ports;

  const bot = new Bot<HostContext>(token, { client: { apiRoot } });
  const sessions = new Map<string, HostSession>();
  const storageOfHost = {
    read: (key: string) => sessions.get(key),
    write: (key: string, value: HostSession) => void sessions.set(key, structuredClone(value)),
    delete: (key: string) => void sessions.delete(key),
  };
  bot.use(session({ initial: (): HostSession => ({ greetings: 0 }), storage: storageOfHost }));
  const caught: BotError<HostContext>[] = [];
  bot.catch((error) => void caught.push(error));
  // Before ours: deep links of the host's are its own.
  bot.command("start", (context, next) => (context.match === "from-a-friend" ? context.reply("A friend!") : next()));

  const telegram = telegramChannel(bot.api, options);
  const likeness = createLikeness({ ...given, ...telegram.ports, policy, ...(pictures && images && { images }) });
  const avatars = telegram.chat(likeness, { about, hostCommands: ["help"] });
  bot.use(avatars);
  await valueOf(likeness.start(avatars.handlers));

  bot.command("health", (context) => context.reply("The host is well"));
  bot.command("help", (context) => context.reply("The host helps"));
  bot.command("crash", () => Promise.reject(new Error("the host's own")));
  bot.command("hello", (context) => context.reply(`Hello, for the ${(context.session.greetings += 1)}. time`));
  const heard: unknown[] = [];
  bot
    .chatType("supergroup")
    .on("message:text", ({ message }) => void heard.push([message.message_thread_id, message.text]));
  await bot.api.setMyCommands([{ command: "health", description: "How the host is" }]);
  let polling = Promise.resolve();
  await new Promise<void>((resolve) => {
    polling = bot.start({ onStart: () => resolve() });
  });

  onTestFinished(async () => {
    await bot.stop();
    await polling;
    await likeness.stop({ graceMs: 0 });
    await close();
    await fake.close();
  });
  const ada = fake.control.person(42, { firstName: "Ada" });
  const said = () => ada.chat().flatMap((message) => (message.from === "bot" ? [message] : []));
  /** What the bot says next, once it has said that much. */
  const answers = async (act: () => unknown, count = 1) => {
    const before = said().length;
    act();
    return vi.waitFor(() => {
      const since = said().slice(before);
      expect(since).toHaveLength(count);
      return since.map(({ text, topicId }) => ({ text, ...(topicId !== undefined && { topicId }) }));
    });
  };
  await answers(() => ada.says("/health"));
  const draft = async () => {
    const actor = "telegram:42";
    const { id } = await valueOf(likeness.avatars.create({ actor, kind: "portrait", gender: "female", name: "Grace" }));
    await valueOf(likeness.photos.add({ actor, avatarId: id, bytes: photoBytes() }));
    return id;
  };
  /** Trains an avatar, until the condition holds. */
  const train = async (done: () => void) => {
    await valueOf(likeness.trainings.start({ actor: "telegram:42", avatarId: await draft() }));
    const pass = async () => {
      await storage.queue.drained();
      await clock.advance(5);
    };
    await vi.waitFor(() => pass().then(() => expect(provider.requests).toHaveLength(1)));
    provider.report(provider.requests[0]?.requestId ?? "", { type: "succeeded", outcome: aModel() });
    await vi.waitFor(() => pass().then(done));
  };
  return { bot, avatars, likeness, storage, log, ada, said, answers, train, sessions, caught, heard };
}

const texts = (messages: readonly { readonly text?: string | undefined }[]) => messages.map(({ text }) => text);

describe("what likeness and the channel were given", () => {
  it("is shared: a notice comes in the host's words, and in the language that the person has chosen", async () => {
    const words: TextOptions["texts"] = { ru: { ready: ({ name }) => `Ура, ${name}` } };
    const { likeness, train, said, avatars } = await hostBot({ options: { texts: words } });
    await valueOf(likeness.owners.changeSettings({ actor: "telegram:42", locale: "ru" }));
    await train(() => expect(texts(said())).toContain("Ура, Grace"));
    expect(Object.keys(avatars.handlers)).not.toStrictEqual([]);
  });

  it.each([true, false])("says in the notice what can be done where pictures are made or not: %s", async (pictures) => {
    const { likeness, train, said } = await hostBot({ pictures });
    expect([likeness.ports.makesPictures, likeness.images.available]).toStrictEqual([pictures, pictures]);
    const labels = () => said().flatMap(({ buttons }) => buttons.flat().map(({ text }) => text));
    await train(() => expect(labels()).toContain(english("button.create")));
    expect(labels().includes(english("button.make-pictures"))).toBe(pictures);
  });

  it.each([
    ["as long as the policy says", {}, ["photos for 7 days", "everything for at most 2 years"]],
    ["as long as the host says itself", { photoDays: 3 }, ["photos for 3 days", "everything for at most 2 years"]],
  ])("is how long data is kept: %s", async (_, about, [photos, everything]) => {
    const day = 86_400;
    const policy = { photoRetentionSeconds: 7 * day, ownerRetentionSeconds: 730 * day };
    const { ada, answers } = await hostBot({ policy, about });
    const [said] = texts(await answers(() => ada.says("/privacy")));
    expect(said).toContain(photos);
    expect(said).toContain(everything);
  });

  it("is that photos stay until they are deleted, where the policy deletes none", async () => {
    const { ada, answers } = await hostBot({ policy: { photoRetentionSeconds: 0, ownerRetentionSeconds: 0 } });
    const [said] = texts(await answers(() => ada.says("/privacy")));
    expect(said).toContain("How long: until you delete them.");
  });

  it("is the same store, blobs, profiles, clock, ids and log", async () => {
    const { ports } = testPorts();
    const { ports: shared } = createLikeness(ports);
    const { store, blobs, profiles, clock, ids, log } = ports;
    const { photoRetentionSeconds, ownerRetentionSeconds } = defaultPolicy;
    const retention = { photoRetentionSeconds, ownerRetentionSeconds };
    expect(shared).toStrictEqual({ store, blobs, profiles, clock, ids, log, makesPictures: true, retention });
  });
});

describe("a host with a chat in it", () => {
  it("keeps its commands, a command of ours that it answers itself, and deep links", async () => {
    const { ada, answers } = await hostBot();
    const isHosts = async () => {
      expect(await answers(() => ada.says("/health"))).toStrictEqual([{ text: "The host is well" }]);
      expect(await answers(() => ada.says("/help"))).toStrictEqual([{ text: "The host helps" }]);
      expect(await answers(() => ada.says("/start from-a-friend"))).toStrictEqual([{ text: "A friend!" }]);
    };
    await isHosts();
    expect(await answers(() => ada.says("/start"), 2)).toStrictEqual([
      { text: english("welcome") },
      { text: english("kind.prompt") },
    ]);
    await isHosts();
  });

  it("keeps its menu, to which ours is added", async () => {
    const { bot, ada, avatars } = await hostBot();
    const own = { command: "health", description: "How the host is" };
    expect(ada.commands()).toStrictEqual([own]);
    await valueOf(avatars.commands());
    expect(ada.commands().slice(0, 2)).toStrictEqual([
      own,
      { command: "start", description: english("command.start") },
    ]);
    expect(ada.commands().map(({ command }) => command)).not.toContain("help");
    expect(await bot.api.getMyCommands()).toStrictEqual([own]);
  });

  it("keeps its session, of which we write nothing", async () => {
    const { ada, answers, sessions, storage } = await hostBot();
    expect(await answers(() => ada.says("/hello"))).toStrictEqual([{ text: "Hello, for the 1. time" }]);
    await answers(() => ada.says("/start"), 2);
    expect(await answers(() => ada.says("/hello"))).toStrictEqual([{ text: "Hello, for the 2. time" }]);
    expect(Object.fromEntries(sessions)).toStrictEqual({ 42: { greetings: 2 } });
    expect(await valueOf(storage.store.sessions.find("42"))).toBeUndefined();
  });

  it("keeps its topics: each message is answered where it was written", async () => {
    const { ada, answers } = await hostBot();
    const { topicId } = ada.createsTopic("Likeness");
    expect(await answers(() => ada.says("/start"), 2)).toStrictEqual([
      { text: english("welcome"), topicId },
      { text: english("kind.prompt"), topicId },
    ]);
    expect(await answers(() => ada.says("/hello"))).toStrictEqual([{ text: "Hello, for the 1. time", topicId }]);
    ada.opensTopic();
    expect(await answers(() => ada.says("/hello"))).toStrictEqual([{ text: "Hello, for the 2. time" }]);
  });

  it("keeps its forums: a topic of a group is the host's, with our commands in it", async () => {
    const { bot, ada, said, heard } = await hostBot();
    const before = said().length;
    const chat = { id: -1001, type: "supergroup", title: "Family", is_forum: true } as const;
    const from = { id: ada.id, is_bot: false, first_name: "Ada" };
    const inTopic = { date: 1, chat, from, message_thread_id: 7, is_topic_message: true } as const;
    for (const [index, text] of ["/avatars", "Grace"].entries())
      await bot.handleUpdate({ update_id: 1_000 + index, message: { ...inTopic, message_id: index, text } });
    expect(heard).toStrictEqual([
      [7, "/avatars"],
      [7, "Grace"],
    ]);
    expect(said()).toHaveLength(before);
  });

  it("keeps its error handler, which gets what the host throws and nothing of ours", async () => {
    const { ada, answers, caught, storage, log } = await hostBot();
    ada.says("/crash");
    await vi.waitFor(() => expect(caught.map(({ error }) => error)).toMatchObject([{ message: "the host's own" }]));
    storage.setDown(true);
    await answers(() => ada.says("/avatars"));
    storage.setDown(false);
    expect(caught).toHaveLength(1);
    expect(log.entries.filter(({ level }) => level === "error")).not.toStrictEqual([]);
    expect(await answers(() => ada.says("/health"))).toStrictEqual([{ text: "The host is well" }]);
  });
});
