import { readdir, stat, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  createLikeness,
  orThrow,
  silentLog,
  systemClock,
  toNodeListener,
  webhookAddress,
  type CheckUp,
  type Clock,
  type Network,
} from "@likeness/core";
import { makeFolder } from "@likeness/blobs/disk";
import { falProfiles, falRecipes } from "@likeness/fal";
import { falFake, serveFalFake, type FalFake } from "@likeness/fal/testing";
import { serveTelegramFake, telegramFake, type TelegramFake } from "@likeness/grammy/testing";
import { replicateFake, serveReplicateFake } from "@likeness/replicate/testing";
import { testDatabases } from "@likeness/test-postgres/test-databases.ts";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { testPorts } from "@likeness/testing";
import Database from "better-sqlite3";
import { Api } from "grammy";
import { sql } from "kysely";
import { okAsync } from "neverthrow";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "./__fixtures__/temporary-folder.ts";
import { doctor } from "./doctor/doctor-command.ts";
import type { Machine } from "./doctor/machine-checks.ts";
import { openStorage } from "./storage/open-storage.ts";

const newDatabase = testDatabases();

const token = "4242:a-token-of-the-doctor-test";
const key = "an-id-of-the-test:a-secret-of-the-doctor-test";
const webhookSecret = "a-webhook-secret-of-the-doctor-test-with-32-bytes";
const secrets = [token, token.slice(5), key, key.slice(18), webhookSecret, "a_telegram_secret_of_the_test"];
const roomy: Machine = { freeSpace: async () => 99e9, freeMemory: () => 9e9 };
const fullMachine: Machine = { freeSpace: async () => 9e6, freeMemory: () => 9e6 };

/** Its timers are ten times as fast. */
const hurried: Clock = { ...systemClock, after: (milliseconds, call) => systemClock.after(milliseconds / 10, call) };

interface Stage {
  readonly settings: Record<string, string>;
  readonly fal: FalFake;
  readonly telegram: TelegramFake;
  readonly folder: string;
  /** What answers at the public address. */
  serve(listener: RequestListener): void;
  readonly network: Network;
}

/** A Likeness with the secrets of the settings. */
function endpoint(maxBytes?: number): RequestListener {
  const { ports, receiver: usual } = testPorts({ clock: systemClock });
  const receiver = { ...usual, maxBytes };
  const address = webhookAddress({ publicUrl: "https://bot.example", secrets: [webhookSecret] });
  return toNodeListener(createLikeness({ ...ports, webhooks: { receiver, address } }).webhooks.handle);
}

/** Everything as it has to be, at fakes on the wire. */
async function stage(): Promise<Stage> {
  const folder = await temporaryFolder();
  const fal = falFake({ key });
  fal.control.balance(20);
  const telegram = telegramFake({ token });
  let answer: RequestListener = endpoint();
  const server = createServer((request, response) => answer(request, response));
  server.listen(0, "127.0.0.1");
  const [falServer, telegramServer] = await Promise.all([
    serveFalFake(fal),
    serveTelegramFake(telegram),
    once(server, "listening"),
  ]);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await Promise.all([falServer.close(), telegramServer.close(), fal.close(), telegram.close()]);
  });
  const { port } = server.address() as AddressInfo;
  const publicUrl = `http://bot.localhost:${port}`;
  const settings = {
    INIT_CWD: folder,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_ROOT: telegramServer.url,
    TELEGRAM_MODE: "webhook",
    TELEGRAM_WEBHOOK_SECRET: "a_telegram_secret_of_the_test",
    FAL_KEY: key,
    FAL_QUEUE_URL: falServer.url,
    FAL_REST_URL: falServer.url,
    FAL_API_URL: falServer.url,
    FAL_JWKS_URL: `${falServer.url}/.well-known/jwks.json`,
    PUBLIC_URL: publicUrl,
    WEBHOOK_SECRET: webhookSecret,
    DATABASE_URL: "sqlite:./likeness.db",
    BLOBS: "disk:./blobs",
  };
  const storage = await openStorage({ type: "sqlite", file: join(folder, "likeness.db") }, systemClock, silentLog);
  await storage.close();
  await makeFolder(join(folder, "blobs", "tmp"));
  const api = new Api(token, { apiRoot: telegramServer.url });
  await api.setWebhook(`${publicUrl}/telegram/update`);
  await api.setMyCommands([{ command: "start", description: "begin" }], { scope: { type: "all_private_chats" } });
  return {
    settings,
    fal,
    telegram,
    folder,
    serve: (listener) => (answer = listener),
    network: {
      fetch: (url, init) => fetch(url.replace("bot.localhost", "127.0.0.1"), init),
      addressesOf: async () => ["93.184.216.34"],
    },
  };
}

type Changes = { readonly [Name in string]?: string };

async function examine(
  { settings, network }: Pick<Stage, "settings" | "network">,
  changes: Changes = {},
  machine: Machine = roomy,
) {
  const { lines, exitCode } = await doctor(["--json"], { ...settings, ...changes }, { network, machine });
  const text = lines.join("\n");
  for (const secret of secrets) expect(text, "no secret is printed").not.toContain(secret);
  const { findings } = JSON.parse(text) as CheckUp;
  return { exitCode, findings };
}

type Examined = Awaited<ReturnType<typeof examine>>;

/** What is not well, e.g. `broken fal key`. */
const troubles = ({ findings }: Examined): string[] =>
  findings.flatMap(({ verdict, check }) => (verdict === "ok" || verdict === "skipped" ? [] : [`${verdict} ${check}`]));

describe("npm run doctor", { timeout: 120_000 }, () => {
  it("is well with everything as it has to be, and leaves nothing behind", async () => {
    const given = await stage();
    const before = await readdir(given.folder, { recursive: true });
    const examined = await examine(given);
    expect(examined.findings.map(({ verdict, check }) => `${verdict} ${check}`)).toStrictEqual([
      "ok settings",
      "ok database",
      "ok jobs",
      "ok blobs",
      "ok fal key",
      "ok fal balance",
      "ok fal endpoints",
      "ok fal webhook keys",
      "ok fal account",
      "ok public address",
      "ok telegram token",
      "ok telegram updates",
      "ok telegram commands",
      "ok clock",
      "ok disk",
      "ok memory",
    ]);
    expect(examined.exitCode).toBe(0);
    const after = await readdir(given.folder, { recursive: true });
    expect(after.toSorted()).toStrictEqual(before.toSorted());
  });

  it("finds jobs that nobody runs, and that were given up", async () => {
    const given = await stage();
    const database = new Database(join(given.folder, "likeness.db"));
    onTestFinished(() => void database.close());
    const add = database.prepare(
      "insert into likeness_job (kind, key, payload, run_at, attempts, dead_at) values ('order.poll', ?, 'null', ?, ?, ?)",
    );
    add.run("dead", "2026-01-01T00:00:00.000Z", 8, "2026-01-01T00:00:00.000Z");
    expect(troubles(await examine(given))).toStrictEqual(["warning jobs"]);
    add.run("due", "2026-01-01T00:00:00.000Z", 0, null);
    expect(troubles(await examine(given))).toStrictEqual(["broken jobs", "warning jobs"]);
    database.exec("drop table likeness_job");
    expect(troubles(await examine(given))).toStrictEqual(["broken jobs"]);
  });

  it("looks at pg-boss without starting it, and finds that its tables are gone", async () => {
    const given = await stage();
    const url = await newDatabase();
    const storage = await openStorage({ type: "postgres", url }, systemClock, silentLog);
    onTestFinished(() => storage.close());
    const aboutJobs = async () => {
      const { findings } = await examine(given, { DATABASE_URL: url });
      return findings.filter(({ check }) => check.startsWith("job")).map(({ verdict, check }) => `${verdict} ${check}`);
    };
    // The bot makes its queues when it starts to run jobs.
    await orThrow(storage.queue.start({ "example.work": () => okAsync({ type: "done" }) }));
    onTestFinished(async () => void (await storage.queue.stop({ graceMs: 0 })));
    expect(await aboutJobs()).toStrictEqual(["ok job queue", "ok jobs"]);
    await sql`drop schema pgboss cascade`.execute(storage.db);
    expect(await aboutJobs()).toStrictEqual(["broken job queue", "skipped jobs"]);
  });

  it("makes nothing on a machine on which the bot was never started", async () => {
    const given = await stage();
    const before = await readdir(given.folder, { recursive: true });
    const fresh = { DATABASE_URL: "sqlite:./data/likeness.db", BLOBS: "disk:./data/blobs" };
    expect(troubles(await examine(given, fresh))).toStrictEqual(["broken database", "broken blobs"]);
    expect((await readdir(given.folder, { recursive: true })).toSorted()).toStrictEqual(before.toSorted());
  });

  it("writes no blob as another user than the bot's, and says whose the files are", async () => {
    const { settings, network, folder } = await stage();
    const users = { runs: () => 0, owns: async (path: string) => (path.endsWith("tmp") ? 4_242 : 0) };
    const changed = async () => (await stat(join(folder, "blobs", "tmp"))).mtimeMs;
    const before = await changed();
    const { lines, exitCode } = await doctor([], settings, { network, machine: roomy, users });
    expect(lines.filter((line) => line.startsWith("warning"))).toStrictEqual([
      expect.stringMatching(/^warning +user +the bot's files belong to user 4242, .* → .* sudo -u '#4242'/),
    ]);
    expect([exitCode, await changed()]).toStrictEqual([0, before]);
    expect(lines.some((line) => /^ok +blobs/.test(line))).toBe(false);
  });

  const cases: readonly (readonly [string, (given: Stage) => Changes | Promise<Changes>, readonly string[]])[] = [
    ["no database", () => ({ DATABASE_URL: "sqlite:./none.db" }), ["broken database"]],
    [
      "a file that is no database",
      async ({ folder }) => {
        await writeFile(join(folder, "text.db"), "this is no database ".repeat(99));
        return { DATABASE_URL: "sqlite:./text.db" };
      },
      ["broken database"],
    ],
    [
      "a database that is not there",
      () => ({ DATABASE_URL: "postgres://u:pass-of-the-test@127.0.0.1:1/x" }),
      ["broken database", "broken job queue", "broken jobs"],
    ],
    [
      "a folder that is a file",
      async ({ folder }) => {
        await writeFile(join(folder, "file"), "");
        return { BLOBS: "disk:./file" };
      },
      ["broken blobs"],
    ],
    ["another key", () => ({ FAL_KEY: "other-id:other-secret" }), ["broken fal key"]],
    ["no money", ({ fal }) => (fal.control.balance(0), {}), ["broken fal balance"]],
    [
      "an endpoint that is gone, and a field",
      ({ fal }) => {
        fal.control.list(falRecipes.upscale.endpoint, { status: "gone" });
        fal.control.list(falProfiles.style.endpoint, { without: ["is_style"] });
        return {};
      },
      ["broken fal endpoints", "broken fal endpoints"],
    ],
    ["keys of webhooks out of reach", ({ fal }) => (fal.control.jwks("down"), {}), ["warning fal webhook keys"]],
    ["another token", () => ({ TELEGRAM_BOT_TOKEN: "1:another" }), ["broken telegram token"]],
    ["another mode", () => ({ TELEGRAM_MODE: "polling" }), ["broken telegram updates"]],
    [
      "no commands",
      async ({ settings }) => {
        const api = new Api(token, { apiRoot: settings["TELEGRAM_API_ROOT"] ?? "" });
        await api.deleteMyCommands({ scope: { type: "all_private_chats" } });
        return {};
      },
      ["warning telegram commands"],
    ],
    [
      "a redirect at the public address",
      ({ serve }) => (serve((_, response) => void response.writeHead(301, { location: "/x" }).end()), {}),
      ["broken public address"],
    ],
    [
      "another secret",
      () => ({ WEBHOOK_SECRET: "another-webhook-secret-of-32-bytes-for-it" }),
      ["broken public address"],
    ],
  ];

  describe("with one thing wrong", () => {
    it.each(cases)("finds %s, and nothing else", async (_name, spoil, expected) => {
      const given = await stage();
      const examined = await examine(given, await spoil(given));
      expect(troubles(examined)).toStrictEqual(expected);
      expect(examined.exitCode).toBe(expected.some((each) => each.startsWith("broken")) ? 1 : 0);
      for (const { verdict, what, whatToDo } of examined.findings) {
        expect(what).not.toMatch(/\n|\p{C}/u);
        if (verdict === "warning" || verdict === "broken") expect(whatToDo).not.toBe("");
      }
    });

    it("finds a full disk and a machine without memory", async () => {
      expect(troubles(await examine(await stage(), {}, fullMachine))).toStrictEqual(["broken disk", "broken memory"]);
    });

    it("finds settings that are wrong, each by itself, and looks at nothing else", async () => {
      const given = await stage();
      const examined = await examine(given, { TELEGRAM_BOT_TOKEN: "", PORT: "x" });
      expect(examined.findings.map(({ verdict, check }) => `${verdict} ${check}`)).toStrictEqual([
        "broken settings",
        "broken settings",
        "skipped settings",
      ]);
      expect(examined.exitCode).toBe(1);
      expect(given.fal.requests).toStrictEqual([]);
    });
  });

  it("finds everything at once, each on its own line, within its limit, while servers hang", async () => {
    const given = await stage();
    const { folder } = given;
    await writeFile(join(folder, "file"), "");
    const hanging = createServer(() => undefined);
    hanging.listen(0, "127.0.0.1");
    await once(hanging, "listening");
    onTestFinished(() => {
      hanging.closeAllConnections();
      hanging.close();
    });
    const nobody = `http://127.0.0.1:${(hanging.address() as AddressInfo).port}`;
    given.serve(() => undefined);
    const began = performance.now();
    const { lines, exitCode } = await doctor(
      [],
      {
        ...given.settings,
        DATABASE_URL: "sqlite:./none.db",
        BLOBS: "disk:./file",
        TELEGRAM_API_ROOT: nobody,
        FAL_QUEUE_URL: nobody,
        FAL_REST_URL: nobody,
        FAL_API_URL: nobody,
        FAL_JWKS_URL: `${nobody}/jwks`,
      },
      { network: given.network, machine: fullMachine, clock: hurried },
    );
    // A tenth of the longest check, and what it takes to open and close.
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(exitCode).toBe(1);
    expect(lines.at(-1)).toBe("Something is broken.");
    const broken = lines.filter((line) => line.startsWith("broken")).map((line) => line.slice(9, 26).trim());
    expect(broken).toStrictEqual([
      "database",
      "blobs",
      "fal key",
      "fal balance",
      "fal endpoints",
      "fal webhook keys",
      "public address",
      "telegram token",
      "telegram updates",
      "telegram commands",
      "disk",
      "memory",
    ]);
    for (const line of lines.slice(0, -2)) expect(line).toMatch(/^(?:ok|warning|broken|skipped) .* \S/);
    for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
  });

  it("shows what a hostile server says on one line, without what steers a terminal", async () => {
    const given = await stage();
    const hostile = createServer((_, response) => {
      const detail = `\u001b[2Jhacked\n\u202e${key} ${token}`;
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ detail, ok: false, error_code: 400, description: detail }));
    });
    hostile.listen(0, "127.0.0.1");
    await once(hostile, "listening");
    onTestFinished(() => void hostile.close());
    const url = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`;
    const { findings } = await examine(given, { FAL_API_URL: url, TELEGRAM_API_ROOT: url });
    const said = findings.filter(({ what }) => what.includes("hacked"));
    expect(said.map(({ check }) => check)).toStrictEqual(
      expect.arrayContaining(["fal key", "fal endpoints", "telegram token", "telegram updates"]),
    );
    for (const { what } of said) expect(what).not.toMatch(/\p{C}/u);
  });

  it("looks at Replicate in the same way", async () => {
    const given = await stage();
    const fake = replicateFake({ token: "r8_a_token_of_the_doctor_test" });
    const { url, close } = await serveReplicateFake(fake);
    onTestFinished(async () => {
      await close();
      fake.close();
    });
    given.serve(endpoint(8 * 1_048_576));
    const replicate = {
      PROVIDER: "replicate",
      FAL_KEY: "",
      REPLICATE_API_TOKEN: "r8_a_token_of_the_doctor_test",
      REPLICATE_DESTINATION: "acme/likeness",
      REPLICATE_API_URL: url,
    };
    const well = await examine(given, replicate);
    expect(troubles(well)).toStrictEqual([]);
    expect(well.findings.map(({ check }) => check)).toStrictEqual(
      expect.arrayContaining([
        "replicate token",
        "replicate destination",
        "replicate models",
        "replicate webhook secret",
      ]),
    );
    const refused = await examine(given, { ...replicate, REPLICATE_API_TOKEN: "r8_another" });
    expect(troubles(refused)).toStrictEqual(["broken replicate token", "warning replicate webhook secret"]);
  });

  it("says how it is called", async () => {
    for (const parameters of [["--fast"], ["--json", "more"], ["help"]])
      expect(await doctor(parameters, {})).toStrictEqual({ lines: ["usage: npm run doctor -- [--json]"], exitCode: 2 });
  });

  it("is a program that prints its findings and ends with its exit code", async () => {
    const { settings } = await stage();
    const program = fileURLToPath(new URL("doctor.ts", import.meta.url));
    const run = runProgram(program, { env: { ...settings, BLOBS: "disk:./likeness.db" }, onTestFinished });
    const { code, output } = await run.ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^broken +blobs .* → /m);
  });
});
