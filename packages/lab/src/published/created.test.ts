import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { runProgram, type RunOptions } from "@likeness/test-processes/run-program.ts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { root } from "../repository.ts";
import { installProject, placeForProjects } from "./created-projects.ts";

const choices = { provider: ["fal", "replicate"], database: ["sqlite", "postgres"], people: ["listed", "everybody"] };
/** The choices of every project, which are its name. */
const projects = choices.provider.flatMap((provider) =>
  choices.database.flatMap((database) => choices.people.map((people) => [provider, database, people] as const)),
);
/** Two that have every choice between them. */
const opposites = ["fal-sqlite-listed", "replicate-postgres-everybody"];

describe("projects of npm create likeness, with the packages as they are packed", { timeout: 600_000 }, () => {
  let folder: string;
  /** Without settings of this machine. */
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^((FAL|REPLICATE|TELEGRAM|DATABASE)_|NODE_ENV$)/.test(name)),
  );
  const start = (project: string, program: string, { env: given = env, ...options }: RunOptions = {}) =>
    runProgram(program, {
      cwd: join(folder, project),
      // The paths are new at each run, so what was compiled of their files is of no use to the next one.
      env: { ...given, NODE_COMPILE_CACHE: join(folder, "compiled") },
      ...options,
    });

  beforeAll(async () => {
    const place = placeForProjects();
    folder = place.folder;
    for (const [provider, database, people] of projects) {
      const options = ["--provider", provider, "--database", database, "--people", people];
      const project = [provider, database, people].join("-");
      const parameters = [project, ...options];
      const { errors, code } = await start(".", place.creator, { parameters }).ended;
      expect({ errors, code }).toStrictEqual({ errors: "", code: 0 });
      installProject(place, project);
    }
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (project: string, program: string, options: RunOptions = {}) =>
    start(project, program, { onTestFinished, ...options }).ended;

  it("compile, all of them", async () => {
    // In one run, which reads the types of the libraries once.
    const { compilerOptions } = JSON.parse(readFileSync(join(folder, "fal-sqlite-listed/tsconfig.json"), "utf8"));
    const typeRoots = ["fal-sqlite-listed/node_modules/@types"];
    const include = projects.map((project) => project.join("-"));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { ...compilerOptions, typeRoots }, include }),
    );
    const parameters = ["-p", folder, "--listFiles"];
    const { output, code } = await run(".", join(root, "node_modules/typescript/bin/tsc"), { parameters });
    const compiled = output.split("\n").filter((line) => line.startsWith(folder) && !line.includes("node_modules"));
    expect({ problems: output.match(/error TS.*/g), code }).toStrictEqual({ problems: null, code: 0 });
    expect(compiled).toHaveLength(globSync("*-*-*/**/*.ts", { cwd: folder }).length);
  });

  it.each(opposites)("%s passes its own tests", async (project) => {
    const manifest = JSON.parse(await readFile(join(folder, project, "package.json"), "utf8"));
    const [node, ...nodeOptions] = manifest.scripts.test.split(" ");
    expect(node).toBe("node");
    const { output, code } = await run(project, "bot.test.ts", { nodeOptions });
    expect({ code, counted: output.match(/(?:pass|fail) \d+/g) }, output).toStrictEqual({
      code: 0,
      counted: ["pass 4", "fail 0"],
    });
  });

  it("fal-sqlite-listed ends a wait that is in vain, and says what the bot said instead", async () => {
    const project = "fal-sqlite-listed";
    const lines = [
      `import { silentLog } from "@likeness/core";`,
      `import { openStage } from "./rehearsal/open-stage.ts";`,
      `const stage = await openStage({ folder: "data/vain", log: silentLog, seconds: 1, patienceSeconds: 5 });`,
      `stage.ada.says("/help");`,
      `await stage.hears("I make avatars");`,
      `await stage.presses("Nothing has this name").catch((error) => console.log(error.message));`,
      `await stage.close();`,
    ];
    writeFileSync(join(folder, project, "vain.ts"), lines.join("\n"));
    const { output } = await run(project, "vain.ts");
    expect(output).toBe(
      `Ada waits in vain for the button "Nothing has this name".\nThe bot's last words: I make avatars of your photos: /start\n`,
    );
  });

  it.each(opposites)("%s shows a conversation without a token, up to the pictures", async (project) => {
    const { output, errors, code } = await run(project, "main.ts", { parameters: ["rehearse"] });
    expect({ errors, code }).toStrictEqual({ errors: "", code: 0 });
    expect(output).toMatch(/Ada │ \/start\n[^]+bot │ Ada is ready/);
    const [picture = ""] = /data\/\S+picture-4\.jpg/.exec(output) ?? [];
    expect((await stat(join(folder, project, picture))).size).toBeGreaterThan(10_000);
  });

  it("fal-sqlite-listed rehearses by itself in a terminal, and elsewhere or in production asks for its settings", async () => {
    const names = ["TELEGRAM_BOT_TOKEN", "FAL_KEY", "ALLOWED_USERS"];
    const project = "fal-sqlite-listed";
    const terminal = { nodeOptions: ["--import", "data:text/javascript,process.stdout.isTTY = true"] };
    expect(await run(project, "main.ts", terminal)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^A rehearsal/),
    });
    const production = { ...terminal, env: { ...env, NODE_ENV: "production" } };
    for (const options of [{}, production]) {
      const { output, errors, code } = await run(project, "main.ts", options);
      expect({ output, code }).toStrictEqual({ output: "", code: 1 });
      expect([...errors.matchAll(/^([A-Z_]+) is missing/gm)].map(([, name]) => name)).toStrictEqual(names);
      expect(errors).toContain("npm run rehearse");
    }
  });

  it.each(opposites)("%s refuses half a configuration, and names what .env.example names", async (project) => {
    const example = await readFile(join(folder, project, ".env.example"), "utf8");
    const names = [...example.matchAll(/^([A-Z_]+)=$/gm)].map(([, name]) => name);
    const secret = "not-a-token-of-telegram";
    const more = { env: { ...env, TELEGRAM_BOT_TOKEN: secret } };
    const { output, errors, code } = await run(project, "main.ts", more);
    expect({ output, code }).toStrictEqual({ output: "", code: 1 });
    expect([...errors.matchAll(/^([A-Z_]+) is /gm)].map(([, name]) => name)).toStrictEqual(names);
    expect(errors).not.toContain(secret);
  });

  const whole = { TELEGRAM_BOT_TOKEN: `1234567890:${"x".repeat(35)}`, FAL_KEY: "id:secret", ALLOWED_USERS: "4, 2" };
  // Requests end at a proxy that is not there.
  const proxies = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://127.0.0.1:9" };

  it("fal-sqlite-listed takes a whole configuration, and turns to Telegram", async () => {
    const bot = start("fal-sqlite-listed", "main.ts", { env: { ...env, ...whole, ...proxies }, onTestFinished });
    await bot.said(/^Connecting to Telegram …$/m);
    expect((await bot.end("SIGTERM")).errors).toBe("");
  });

  it.each([
    ["fal-sqlite-listed", /the database data\/likeness\.db cannot be used: EEXIST/, {}],
    [
      "fal-postgres-listed",
      /the database that DATABASE_URL names cannot be used: .*connect ECONNREFUSED/,
      { DATABASE_URL: "postgres://ada:a-secret@localhost:9/likeness" },
    ],
  ])("%s says which setting it cannot use, and why", async (project, sentence, more) => {
    // Where SQLite's folder would be.
    const file = join(folder, project, "data");
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, "");
    const program = `import { openDatabase } from "./database.ts";
      import { explain } from "./problems.ts";
      import { silentLog } from "@likeness/core";
      await openDatabase({ folder: "data", log: silentLog, ...process.env }).catch((error) => {
        console.error(explain(error));
        process.exit(1);
      });`;
    writeFileSync(join(folder, project, "open.ts"), program);
    const { errors, code } = await run(project, "open.ts", { env: { ...env, ...more } });
    expect({ errors, code }).toStrictEqual({ errors: expect.stringMatching(sentence), code: 1 });
    expect(errors).not.toContain("a-secret");
  });
});
