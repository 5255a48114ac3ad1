import { testClock, type TestClock } from "@likeness/testing";
import { Api, GrammyError } from "grammy";
import { onTestFinished } from "vitest";
import type { Person } from "../person/person.ts";
import { serveTelegramFake } from "../serve-telegram-fake.ts";
import { telegramFake, type TelegramFake, type TelegramFakeOptions } from "../telegram-fake.ts";

export const token = "123456:fake-token";

export interface Bench {
  readonly clock: TestClock;
  readonly fake: TelegramFake;
  readonly url: string;
  /** grammY's own client. */
  readonly api: Api;
  /** A person who has not written to the bot yet. */
  readonly ada: Person;
}

/** A served fake with a clock of the test's own, grammY's client for it, and a person. */
export async function servedFake(options: TelegramFakeOptions = {}): Promise<Bench> {
  const clock = testClock();
  const fake = telegramFake({ token, clock, ...options });
  const server = await serveTelegramFake(fake);
  onTestFinished(async () => {
    await server.close();
    await fake.close();
  });
  return {
    clock,
    fake,
    url: server.url,
    api: new Api(token, { apiRoot: server.url }),
    ada: fake.control.person(42, { firstName: "Ada", languageCode: "en" }),
  };
}

/** The same, and Ada has started the bot. The update of that is confirmed. */
export async function startedFake(options: TelegramFakeOptions = {}): Promise<Bench> {
  const bench = await servedFake(options);
  bench.ada.says("/start");
  await bench.api.getUpdates({ offset: -1 });
  await bench.api.getUpdates({ offset: 2000 });
  return bench;
}

/** The error of a refused call. */
export async function refusalOf(call: Promise<unknown>): Promise<{ error_code: number; description: string }> {
  try {
    await call;
  } catch (problem) {
    if (problem instanceof GrammyError) {
      const { error_code, description, parameters } = problem;
      return { error_code, description, ...(Object.keys(parameters).length > 0 ? { parameters } : {}) };
    }
    throw problem;
  }
  throw new Error("The call went well");
}
