import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { falFake, serveFalFake, type FalFake } from "@likeness/fal/testing";
import { serveTelegramFake, telegramFake, type Person, type TelegramFake } from "@likeness/grammy/testing";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { onTestFinished, vi } from "vitest";
import { botProcess, type BotProcess } from "./bot-process.ts";
import { falOf, openReplicate, type JourneyProvider, type ProviderName } from "./journey-provider.ts";

/** The reference bot with a fake Telegram and a fake provider; only addresses and keys differ from production. */
export interface JourneyStage {
  readonly bot: BotProcess;
  readonly telegram: TelegramFake;
  readonly fal: FalFake;
  /** fal, or the one that was chosen in its place. */
  readonly provider: JourneyProvider;
  /** A person with English as language. */
  readonly ada: Person;
  /** Database file of the bot. */
  readonly database: string;
  /** How many paid requests the provider got, each of which costs money. */
  orders(): number;
  /** Waits until the assertions hold, on a busy machine too: they wait for programs. */
  until(assertion: () => void | Promise<void>, seconds?: number): Promise<void>;
}

export interface JourneyOptions {
  readonly mode?: "polling" | "webhook";
  /** Default: fal. */
  readonly provider?: ProviderName;
  /** How long the provider trains. */
  readonly trainingSeconds?: number;
  /** Additional settings, or overrides of the usual ones. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Delays fal's answers until it resolves. Default: no delay. */
  readonly beforeAnswer?: (request: Request) => Promise<void>;
}

export async function journeyStage({
  mode = "polling",
  provider: name = "fal",
  trainingSeconds = 1,
  environment = {},
  beforeAnswer = async () => undefined,
}: JourneyOptions = {}): Promise<JourneyStage> {
  const folder = await mkdtemp(join(tmpdir(), "likeness-journey-"));
  const token = "42:AAE-token_of_the_fake_server_000000000";
  const telegram = telegramFake({ token });
  // No journey opens the menu of commands. Its hundred calls would be a quarter of the work of each start.
  telegram.control.fault({ method: "getMyCommands", untilCleared: true, answer: { error_code: 429, retry_after: 60 } });
  const fal = falFake({ queueSeconds: 0, trainingSeconds });
  const slowFal: FalFake = {
    ...fal,
    fetch: async (request) => {
      const answer = await fal.fetch(request);
      await beforeAnswer(request);
      return answer;
    },
  };
  const [servedTelegram, servedFal] = [await serveTelegramFake(telegram), await serveFalFake(slowFal)];
  const provider = name === "fal" ? falOf(fal) : await openReplicate(trainingSeconds);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = join(folder, "likeness.db");
  const bot = botProcess(
    {
      PATH: process.env["PATH"],
      TELEGRAM_BOT_TOKEN: token,
      TELEGRAM_API_ROOT: servedTelegram.url,
      TELEGRAM_MODE: mode,
      ...(mode === "webhook" && { TELEGRAM_WEBHOOK_SECRET: "a_secret_of_the_webhook" }),
      FAL_KEY: "fake-id:fake-secret",
      FAL_USER_ID: "fal-fake-user",
      FAL_QUEUE_URL: servedFal.url,
      FAL_REST_URL: servedFal.url,
      FAL_API_URL: servedFal.url,
      FAL_JWKS_URL: `${servedFal.url}/.well-known/jwks.json`,
      PUBLIC_URL: url,
      WEBHOOK_SECRET: "a_secret_of_more_than_32_bytes_for_tests",
      DATABASE_URL: `sqlite:${database}`,
      BLOBS: `disk:${join(folder, "blobs")}`,
      PORT: String(port),
      POLL_SECONDS: "1",
      SWEEP_SECONDS: "1",
      IMAGE_POLL_SECONDS: "1",
      // Most journeys end with the training.
      FIRST_LOOK: "false",
      SUBMIT_TIMEOUT_SECONDS: "2",
      UNKNOWN_DEADLINE_SECONDS: "6",
      LOG_LEVEL: "debug",
      ...provider.environment,
      ...environment,
    },
    url,
  );
  onTestFinished(async () => {
    await bot.kill();
    await Promise.all([servedTelegram.close(), servedFal.close()]);
    await Promise.all([telegram.close(), fal.close()]);
    await rm(folder, { recursive: true });
  });
  return {
    bot,
    telegram,
    fal,
    provider,
    ada: telegram.control.person(4242, { firstName: "Ada", languageCode: "en" }),
    database,
    orders: provider.orders,
    until: (assertion, seconds = 180) => vi.waitFor(assertion, { timeout: seconds * 1000, interval: 25 }),
  };
}
