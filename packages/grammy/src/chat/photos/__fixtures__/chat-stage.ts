import { createLikeness, type AvatarOverview, type PhotoSource, type Ports } from "@likeness/core";
import { someProfiles, testClock, testPorts, valueOf, type TestClock, type TestPorts } from "@likeness/testing";
import { Api, Bot } from "grammy";
import type { Update } from "grammy/types";
import { errAsync } from "neverthrow";
import { onTestFinished } from "vitest";
import type { Conversation, Step } from "../../../conversation/conversation.ts";
import { changeConversation, findConversation } from "../../../conversation/conversations.ts";
import { readPhotoLocator, telegramPhotos } from "../../../photos/telegram-photos.ts";
import { serveTelegramFake } from "../../../testing/serve-telegram-fake.ts";
import { telegramFake, type TelegramFake } from "../../../testing/telegram-fake.ts";
import type { Person as AppUser } from "../../../testing/person/person.ts";
import { sayIn } from "../../../texts/say.ts";
import { actorOf } from "../../actor.ts";
import { avatarChat } from "../../avatar-chat.ts";
import type { ChatPorts, Person } from "../../chat-ports.ts";
import { memoryStorage, type CreateStageStorage } from "./stage-storage.ts";

const token = "123456:fake-token";

export interface StageOptions extends Partial<Pick<Ports, "inspector" | "policy">> {
  readonly storage?: CreateStageStorage;
  readonly limits?: { readonly minimum: number; readonly maximum: number };
  /** How many processes work on the jobs. */
  readonly workers?: number;
}

/** Ada's chat with a bot, over HTTP. */
export interface ChatStage extends Pick<TestPorts, "blobs" | "provider" | "log"> {
  readonly ports: ChatPorts;
  readonly person: Person;
  readonly ada: AppUser;
  readonly fake: TelegramFake;
  readonly clock: TestClock;
  /** Files that Telegram does not hand out for now. */
  readonly held: Set<string>;
  /**
   * Delivers Ada's updates since the last call to the bot, all at once, each this many times. Returns the toasts of
   * presses.
   */
  handle(times?: number): Promise<unknown[]>;
  /** Brings an update to the bot that it has handled already. Gives the toasts. */
  handleAgain(update: Update): Promise<unknown[]>;
  /** Lets time pass and jobs run. */
  pass(seconds: number): Promise<void>;
  /** A new avatar; the wizard has asked for its photos. */
  collecting(name?: string): Promise<string>;
  change(change: Partial<Conversation>): Promise<void>;
  conversation(): Promise<Conversation>;
  overview(avatarId: string): Promise<AvatarOverview>;
}

/** Cannot get at files that are held. */
const holding = (held: ReadonlySet<string>, source: PhotoSource): PhotoSource => ({
  fetch: (reference, signal) =>
    held.has(readPhotoLocator(reference.locator)?.fileId ?? "")
      ? errAsync({ type: "source-unavailable", detail: "held", retryAfterSeconds: 5 })
      : source.fetch(reference, signal),
});

export async function chatStage({
  storage = memoryStorage,
  limits = { minimum: 3, maximum: 5 },
  workers: count = 1,
  ...overrides
}: StageOptions = {}): Promise<ChatStage> {
  const clock = testClock();
  const fake = telegramFake({ token, clock });
  const server = await serveTelegramFake(fake);
  const api = new Api(token, { apiRoot: server.url });
  const { store, worker } = await storage(clock);
  const workers = Array.from({ length: count }, worker);
  const held = new Set<string>();
  const profiles = someProfiles(limits);
  const base = { store, clock, profiles, photoSource: holding(held, telegramPhotos(api)) };
  const { ports: fakes, blobs, provider, log } = testPorts(base);
  const core = { ...fakes, ...overrides };
  const processes = await Promise.all(
    workers.map(async ({ queue }) => {
      const likeness = createLikeness({ ...core, queue });
      const bot = new Bot(token, { client: { apiRoot: server.url } });
      await bot.init();
      const avatars = avatarChat({ ...core, likeness, api: bot.api });
      bot.use(avatars, avatars.fallback);
      await valueOf(likeness.start(avatars.handlers));
      return { likeness, bot };
    }),
  );
  const [first] = processes;
  if (!first) throw new Error("a stage needs a worker");
  const { likeness } = first;
  const ports = {
    ...core,
    likeness,
    api,
    say: sayIn({}),
    languages: ["en"],
    shop: false,
    progressSeconds: 10,
    about: {},
    hostCommands: [],
    moreCommands: [],
  };
  onTestFinished(async () => {
    for (const one of processes) await one.likeness.stop({ graceMs: 0 });
    await server.close();
    await fake.close();
  });

  const ada = fake.control.person(42, { firstName: "Ada" });
  ada.says("/start");
  const person: Person = { actor: actorOf(ada.id), chatId: ada.id, locale: "en" };
  let handled = fake.control.updates.length;
  const idle = async (): Promise<void> => {
    await Promise.all(workers.map((one) => one.idle()));
  };
  const bring = async (updates: readonly Update[]): Promise<unknown[]> => {
    const { calls } = fake.control;
    const before = calls.length;
    await Promise.all(updates.map(async (update, index) => processes[index % count]?.bot.handleUpdate(update)));
    return calls
      .slice(before)
      .filter(({ method }) => method === "answerCallbackQuery")
      .map(({ payload }) => payload["text"]);
  };
  const change: ChatStage["change"] = async (changes) => {
    await valueOf(
      changeConversation(store.sessions, { chatId: ada.id }, (conversation) => ({ ...conversation, ...changes })),
    );
  };

  return {
    ports,
    person,
    ada,
    fake,
    clock,
    held,
    blobs,
    provider,
    log,
    change,
    handle: async (times = 1) => {
      const { updates } = fake.control;
      const come = updates.slice(handled).flatMap((update) => Array<Update>(times).fill(update));
      handled = updates.length;
      return bring(come);
    },
    handleAgain: (update) => bring([update]),
    pass: async (seconds) => {
      await idle();
      for (let passed = 0; passed < seconds; passed += 0.5) {
        await clock.advance(0.5);
        await idle();
      }
    },
    collecting: async (name = "Ada") => {
      const { actor } = person;
      const { id } = await valueOf(likeness.avatars.create({ actor, kind: "portrait", gender: "female", name }));
      const step: Step = { name: "photos", avatarId: id };
      await change({ step, promptId: 1 });
      return id;
    },
    conversation: () => valueOf(findConversation(store.sessions, { chatId: ada.id })),
    overview: (avatarId) => valueOf(likeness.avatars.view({ actor: person.actor, avatarId })),
  };
}
