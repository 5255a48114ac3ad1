import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { endWithParent } from "@likeness/test-processes/end-with-parent.ts";
import { freePort } from "@likeness/test-processes/free-port.ts";
import { runProgram, type RunningProgram } from "@likeness/test-processes/run-program.ts";
import { root } from "../repository.ts";
import type { PeopleUrls } from "./people.ts";

export const botToken = "42:AAE-token_of_the_fake_server_000000000";

export interface BotsOptions {
  readonly databaseUrl: string;
  /** Of blobs. */
  readonly folder: string;
  readonly fakes: PeopleUrls;
  readonly mode?: "polling" | "webhook";
  readonly environment?: NodeJS.ProcessEnv;
}

/** The reference bot as an operator runs it. It ends when the benchmark is killed. */
export interface RealBot {
  readonly port: number;
  /** From the start of its process until it was ready. */
  readonly milliseconds: number;
  /** Of its resident memory at this moment. */
  megabytes(): number;
  /** What it has used since its start. */
  processor(): ProcessorTime;
  stop(): Promise<void>;
}

/** Milliseconds of processor time. */
export interface ProcessorTime {
  /** Of the thread of the event loop. */
  readonly loop: number;
  /** Of all threads. */
  readonly all: number;
}

export async function startBot({
  databaseUrl,
  folder,
  fakes,
  mode = "webhook",
  ...more
}: BotsOptions): Promise<RealBot> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env["PATH"],
    TELEGRAM_BOT_TOKEN: botToken,
    TELEGRAM_API_ROOT: fakes.telegram,
    TELEGRAM_MODE: mode,
    ...(mode === "webhook" && { TELEGRAM_WEBHOOK_SECRET: "a_secret_of_the_webhook" }),
    FAL_KEY: "fake-id:fake-secret",
    FAL_USER_ID: "fal-fake-user",
    FAL_QUEUE_URL: fakes.fal,
    FAL_REST_URL: fakes.fal,
    FAL_API_URL: fakes.fal,
    FAL_JWKS_URL: `${fakes.fal}/.well-known/jwks.json`,
    PUBLIC_URL: url,
    WEBHOOK_SECRET: "a_secret_of_more_than_32_bytes_for_benches",
    DATABASE_URL: databaseUrl,
    BLOBS: `disk:${join(folder, "blobs")}`,
    PORT: String(port),
    LOG_LEVEL: "warn",
    ...more.environment,
  };
  const began = performance.now();
  const run = runProgram(join(root, "examples/telegram-bot/main.ts"), { env, nodeOptions: endWithParent });
  while (!(await isReady(url))) {
    if (run.child.exitCode !== null) throw new Error(`the bot did not start:\n${Object.values(run.now()).join("")}`);
    await wait(10);
  }
  return {
    port,
    milliseconds: performance.now() - began,
    megabytes: () => residentMegabytes(run),
    processor: () => ({
      loop: processorTime(`/proc/${run.child.pid}/task/${run.child.pid}/stat`),
      all: processorTime(`/proc/${run.child.pid}/stat`),
    }),
    stop: async () => void (await run.end("SIGTERM")),
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** As Linux tells it; NaN elsewhere. */
function residentMegabytes({ child }: Pick<RunningProgram, "child">): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** As Linux tells it, in hundredths of seconds; NaN elsewhere. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processorTime(file: string): number {
  try {
    const fields = readFileSync(file, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return Number.NaN;
  }
}
