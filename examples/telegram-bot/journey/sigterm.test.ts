import Database from "better-sqlite3";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
// @boundaries-ignore the workspace's own server for tests, which no package ships
import { startPostgres } from "../../../.config/postgres/start-postgres.ts";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage, type JourneyStage } from "./journey-stage.ts";
import { press, said } from "./moves.ts";
import { walk } from "./walk.ts";

/** Asks the database of a bot something, from outside. */
type Ask = (stage: JourneyStage, question: string) => Promise<unknown[]>;

interface Engine {
  readonly name: string;
  /** Settings of a bot on a new database. */
  environment(): Promise<NodeJS.ProcessEnv>;
  readonly ask: Ask;
  /** Asks for the jobs that belong to a process. */
  readonly claims: string;
}

const sqlite: Engine = {
  name: "SQLite",
  environment: async () => ({}),
  ask: async ({ database }, question) => {
    const connection = new Database(database, { readonly: true });
    try {
      return connection.prepare(question).all();
    } finally {
      connection.close();
    }
  },
  claims: "select kind from job where lease_owner is not null",
};

let url = "";

const postgres: Engine = {
  name: "PostgreSQL",
  environment: async () => {
    const server = await startPostgres({ durable: true });
    onTestFinished(() => server.stop());
    return { DATABASE_URL: (url = server.url) };
  },
  ask: async (_stage, question) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(question)).rows;
    } finally {
      await client.end();
    }
  },
  claims: "select name from pgboss.job where state = 'active'",
};

const isPaid = ({ method, url: address }: Request): boolean =>
  method === "POST" && new URL(address).pathname.startsWith("/fal-ai/");

describe.each([sqlite, postgres])("S1: the reference bot on $name is asked to end", ({ environment, ask, claims }) => {
  it(
    "during its paid request, and while Telegram takes its message: both are waited for, and neither is repeated",
    { timeout: 90_000 },
    async () => {
      let answer = (): void => undefined;
      const answered = new Promise<void>((resolve) => (answer = resolve));
      const stage = await journeyStage({
        environment: { ...(await environment()), SUBMIT_TIMEOUT_SECONDS: "25" },
        beforeAnswer: async (request) => (isPaid(request) ? answered : undefined),
      });
      const { bot, ada, fal, telegram, until, orders } = stage;
      const rows = (question: string) => ask(stage, question);
      fal.control.always({ outcome: "never" });
      await bot.start();
      await walk(stage, ada, "continues", await drawPhotos(10));
      press(ada, "v1:train-balanced");
      await until(() => expect(orders()).toBe(1));

      const firstEnd = bot.stop();
      await until(() => expect(bot.output()).toMatch(/"msg":"the bot is ending"/));
      expect(await rows("select status from training")).toStrictEqual([{ status: "submitting" }]);
      answer();
      expect(await firstEnd).toBe(0);
      const requestId = fal.control.accepted()[0]?.requestId ?? "";
      expect(await rows("select status, request_id from training")).toStrictEqual([
        { status: "submitted", request_id: requestId },
      ]);
      expect(await rows(claims)).toStrictEqual([]);

      await bot.start();
      telegram.control.fault({ method: "sendMessage", answer: { delayMs: 3_000 } });
      await fal.control.finish(requestId);
      const notes = () => rows("select status from notification");
      await until(async () => expect(await notes()).toStrictEqual([{ status: "sending" }]));
      expect(await bot.stop()).toBe(0);
      expect(await notes()).toStrictEqual([{ status: "sent" }]);
      expect(await rows(claims)).toStrictEqual([]);

      // The next one looks at everything that is left, and finds nothing to do.
      const before = bot.output().length;
      await bot.start();
      const swept = () =>
        bot
          .output()
          .slice(before)
          .match(/"kind":"sweep".*"outcome":"done"/g) ?? [];
      await until(() => expect(swept().length).toBeGreaterThan(2));
      expect(await bot.stop()).toBe(0);
      expect(said(ada).filter((words) => /is ready/i.test(words))).toHaveLength(1);
      expect(orders()).toBe(1);
    },
  );
});
