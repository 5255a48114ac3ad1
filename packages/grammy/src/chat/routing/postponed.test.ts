import { expect, it, vi } from "vitest";
import { botStage, type BotStage } from "../__fixtures__/bot-stage.ts";
import { english } from "../__fixtures__/words.ts";

interface Troubles {
  /** How many tries meet a store that does not answer to the chat. */
  readonly tries: number;
  /** Whether it fails from the beginning of a try, or once Telegram has refused a message. */
  readonly since: "the beginning" | "a refusal";
}

/** A bot whose updates are handled by jobs, beside a host that hears of what is not ours. */
async function troubledStage({ tries, since }: Troubles) {
  const heard: string[] = [];
  let tried = 0;
  const stage: BotStage = await botStage({
    stores: true,
    compose: (bot, avatars) => {
      bot.use(async (_context, next) => {
        if (tried < tries && since === "the beginning") stage.storage.setDown(true);
        tried += 1;
        await next().finally(() => stage.storage.setDown(false));
      });
      bot.api.config.use(async (call, method, payload, signal) => {
        const answer = await call(method, payload, signal);
        if (!answer.ok && since === "a refusal") stage.storage.setDown(true);
        return answer;
      });
      bot.use(avatars).on("message", ({ msg }) => void heard.push(msg.text ?? ""));
    },
  });
  return { ...stage, heard, tries: () => tried };
}

const isUpdate = ({ kind }: { readonly kind: string }): boolean => kind === "webhook.process:telegram";
const texts = ({ bot }: BotStage): string[] => bot().map(({ text }) => text);
const errors = ({ log }: BotStage) => log.entries.filter(({ level }) => level === "error");

/** Time passes until it is so. */
const eventually = (stage: BotStage, check: () => void): Promise<void> =>
  vi.waitFor(
    async () => {
      await stage.clock.advance(1);
      check();
    },
    { timeout: 10_000, interval: 5 },
  );

it("does what was asked once the store answers again, without a word of trouble", async () => {
  const stage = await troubledStage({ tries: 3, since: "the beginning" });
  await stage.says("/start");
  await eventually(stage, () => expect(texts(stage)).toStrictEqual([english("welcome"), english("kind.prompt")]));
  expect(errors(stage)).toStrictEqual([]);
});

it("tells about trouble once when the store fails at every try, and then lets it be", async () => {
  const stage = await troubledStage({ tries: Number.POSITIVE_INFINITY, since: "the beginning" });
  await stage.says("/start");
  await eventually(stage, () => expect(stage.storage.jobs().filter(isUpdate)).toStrictEqual([]));
  expect(texts(stage)).toStrictEqual([english("trouble")]);
});

it("answers what came meanwhile afterwards", async () => {
  const stage = await troubledStage({ tries: 2, since: "the beginning" });
  await stage.says("/start");
  await stage.says("/avatars");
  await eventually(stage, () => expect(texts(stage)).toHaveLength(3));
  expect(texts(stage)).toStrictEqual([english("welcome"), english("kind.prompt"), english("avatars.empty")]);
});

it("keeps from the host what may be ours, until the store tells whose it is", async () => {
  const stage = await troubledStage({ tries: 2, since: "the beginning" });
  await stage.says("Hello");
  await eventually(stage, () => expect(stage.heard).not.toStrictEqual([]));
  expect([stage.heard, stage.tries()]).toStrictEqual([["Hello"], 3]);
});

it("answers when neither Telegram took the answer nor the store what was to be said later", async () => {
  const stage = await troubledStage({ tries: 0, since: "a refusal" });
  stage.fake.control.fault({ method: "sendMessage", answer: { error_code: 502, description: "Bad Gateway" } });
  await stage.says("/avatars");
  await eventually(stage, () => expect(texts(stage)).toStrictEqual([english("avatars.empty")]));
  expect(errors(stage)).toStrictEqual([]);
});
