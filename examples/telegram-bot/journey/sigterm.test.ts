import { describe, expect, it } from "vitest";
import type { EngineName } from "@likeness/lab/crash/engines/engines.ts";
import { serverOf } from "@likeness/lab/reliability/engine-servers.ts";
import { ready } from "@likeness/lab/reliability/expect-healed.ts";
import { expectJudged } from "@likeness/lab/reliability/expect-judged.ts";
import { drawPhotos } from "./draw-photo.ts";
import { journeyStage } from "./journey-stage.ts";
import { press, said } from "./moves.ts";
import { ask, askPostgres } from "./read-database.ts";
import { walk } from "./walk.ts";

interface Engine {
  readonly name: string;
  readonly engine: EngineName;
  /** `DATABASE_URL` of a database. */
  url(database: string): string;
  /** Asks a database something, from outside. */
  ask(database: string, question: string): Promise<unknown[]>;
  /** Asks for the jobs that belong to a process. */
  readonly claims: string;
}

const sqlite: Engine = {
  name: "SQLite",
  engine: "sqlite",
  url: (file) => `sqlite:${file}`,
  ask: async (file, question) => ask(file, question),
  claims: "select kind from likeness_job where lease_owner is not null",
};

const postgres: Engine = {
  name: "PostgreSQL",
  engine: "postgres",
  url: (url) => url,
  ask: askPostgres,
  claims: "select name from pgboss.job where state = 'active'",
};

const isPaid = ({ method, url: address }: Request): boolean =>
  method === "POST" && new URL(address).pathname.startsWith("/fal-ai/");

describe.each([sqlite, postgres])(
  "S1: the reference bot on $name is asked to end",
  ({ engine, url, ask: askEngine, claims }) => {
    it(
      "during its paid request, and while Telegram takes its message: both are waited for, and neither is repeated",
      { timeout: 600_000 },
      async () => {
        let answer = (): void => undefined;
        const answered = new Promise<void>((resolve) => (answer = resolve));
        const server = await serverOf(engine);
        const database = await server.database();
        const stage = await journeyStage({
          environment: { DATABASE_URL: url(database), SUBMIT_TIMEOUT_SECONDS: "25" },
          beforeAnswer: async (request) => (isPaid(request) ? answered : undefined),
        });
        const { bot, ada, fal, telegram, until, orders } = stage;
        const rows = (question: string) => askEngine(database, question);
        fal.control.always({ outcome: "never" });
        await bot.start();
        await walk(stage, ada, "continues", await drawPhotos(10));
        press(ada, "v1:train-balanced");
        await until(() => expect(orders()).toBe(1));

        const firstEnd = bot.stop();
        await until(() => expect(bot.output()).toMatch(/"msg":"the bot is ending"/));
        // Its job has had its grace and is handed back, and still the process waits.
        await until(async () => expect(await rows(claims)).toStrictEqual([]));
        expect(await rows("select status from likeness_order")).toStrictEqual([{ status: "submitting" }]);
        answer();
        expect(await firstEnd).toBe(0);
        const requestId = fal.control.accepted()[0]?.requestId ?? "";
        expect(await rows("select status, request_id from likeness_order")).toStrictEqual([
          { status: "submitted", request_id: requestId },
        ]);
        expect(await rows(claims)).toStrictEqual([]);

        await bot.start();
        telegram.control.fault({ method: "sendMessage", answer: { delayMs: 3_000 } });
        await fal.control.finish(requestId);
        const notes = () => rows("select status from likeness_notification");
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
        const seen = await expectJudged(engine, database, {
          paidRequests: orders,
          arrived: () => said(ada).filter((words) => /is ready\./i.test(words)).length,
        });
        expect(seen.orders).toMatchObject([ready]);
        expect(await bot.stop()).toBe(0);
      },
    );
  },
);
