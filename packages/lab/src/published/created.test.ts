import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { runProgram, type RunOptions } from "@likeness/test-processes/run-program.ts";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { root } from "../repository.ts";
import { folderForProjects } from "./created-projects.ts";

const choices = { provider: ["fal", "replicate"], database: ["sqlite", "postgres"], people: ["listed", "everybody"] };
/** The choices of every project, which are its name. */
const projects = choices.provider.flatMap((provider) =>
  choices.database.flatMap((database) => choices.people.map((people) => [provider, database, people] as const)),
);
/** Two that have every choice between them. */
const opposites = ["fal-sqlite-listed", "replicate-postgres-everybody"];

describe("projects of npm create likeness, with the packages as they are packed", { timeout: 600_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = folderForProjects();
    const creator = join(folder, "node_modules/create-likeness/dist/create-likeness.js");
    for (const [provider, database, people] of projects) {
      const options = ["--provider", provider, "--database", database, "--people", people];
      const parameters = [[provider, database, people].join("-"), ...options];
      const { errors, code } = await runProgram(creator, { cwd: folder, parameters }).ended;
      expect({ errors, code }).toStrictEqual({ errors: "", code: 0 });
    }
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Without settings of this machine. */
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(FAL|REPLICATE|TELEGRAM|DATABASE)_/.test(name)),
  );
  const run = (project: string, program: string, options: RunOptions = {}) =>
    runProgram(program, { cwd: join(folder, project), env, onTestFinished, ...options }).ended;

  it("compile, all of them", async () => {
    // In one run, which reads the types of the libraries once.
    const { compilerOptions } = JSON.parse(readFileSync(join(folder, "fal-sqlite-listed/tsconfig.json"), "utf8"));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions, include: projects.map((project) => project.join("-")) }),
    );
    const parameters = ["-p", folder, "--listFiles"];
    const { output, code } = await run(".", join(root, "node_modules/typescript/bin/tsc"), { parameters });
    const compiled = output.split("\n").filter((line) => line.startsWith(folder) && !line.includes("node_modules"));
    expect({ problems: output.match(/error TS.*/g), code }).toStrictEqual({ problems: null, code: 0 });
    expect(compiled).toHaveLength(globSync("*-*-*/**/*.ts", { cwd: folder }).length);
  });

  it("fal-sqlite-listed passes its own tests", async () => {
    const project = "fal-sqlite-listed";
    const manifest = JSON.parse(await readFile(join(folder, project, "package.json"), "utf8"));
    const [node, ...nodeOptions] = manifest.scripts.test.split(" ");
    expect(node).toBe("node");
    const { output, code } = await run(project, "bot.test.ts", { nodeOptions });
    expect({ code, counted: output.match(/(?:pass|fail) \d+/g) }, output).toStrictEqual({
      code: 0,
      counted: ["pass 4", "fail 0"],
    });
  });

  it.each(opposites)("%s shows a conversation without a token, up to the pictures", async (project) => {
    const { output, errors, code } = await run(project, "main.ts");
    expect({ errors, code }).toStrictEqual({ errors: "", code: 0 });
    expect(output).toMatch(/Ada │ \/start\n[^]+bot │ Ada is ready/);
    const [picture = ""] = /data\/\S+picture-4\.jpg/.exec(output) ?? [];
    expect((await stat(join(folder, project, picture))).size).toBeGreaterThan(10_000);
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

  it("fal-sqlite-listed is a real bot with a whole configuration, which here reaches nobody", async () => {
    const settings = {
      TELEGRAM_BOT_TOKEN: `1234567890:${"x".repeat(35)}`,
      FAL_KEY: "id:secret",
      ALLOWED_USERS: "4, 2",
    };
    // Requests end at a proxy that is not there.
    const proxies = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: "http://127.0.0.1:9" };
    const cwd = join(folder, "fal-sqlite-listed");
    const bot = runProgram("main.ts", { cwd, env: { ...env, ...settings, ...proxies }, onTestFinished });
    await bot.said(/^Connecting to Telegram …$/m);
    expect((await bot.end("SIGTERM")).errors).toBe("");
  });
});
