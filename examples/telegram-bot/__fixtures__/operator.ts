import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { silentLog, systemClock, type Training, type TrainingState } from "@likeness/core";
import { anAvatar, aTraining, valueOf } from "@likeness/testing";
import { runProgram } from "@likeness/test-processes/run-program.ts";
import { onTestFinished } from "vitest";
import { printed } from "../leave.ts";
import { commands, type CommandName } from "../operator/commands.ts";
import { runFor } from "../operator/run-command.ts";
import { readForOperator } from "../settings/read-settings.ts";
import { openStorage } from "../storage/open-storage.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** The owner of the avatars. */
export const ada = "telegram:4242";

/** Runs an operator's command in this process, because to start a program for it takes twenty times as long. */
export const operatorCommand =
  (name: CommandName) =>
  async (url: string, parameters: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) => {
    const { lines, exitCode } = await runFor(commands[name], parameters, { DATABASE_URL: url, ...environment });
    return exitCode === 0 ? done(printed(lines)) : { ...refused(printed(lines)), exitCode };
  };

/** Runs an operator's command as an operator does, to its end. */
export const operatorProgram = (name: CommandName) => {
  const program = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
  return async (url: string, parameters: readonly string[] = []) => {
    const env = { DATABASE_URL: url };
    const { code: exitCode, output, errors } = await runProgram(program, { parameters, env, onTestFinished }).ended;
    return { exitCode, output, errors };
  };
};

export const done = (output: string) => ({ exitCode: 0, output, errors: "" });
export const refused = (errors: string) => ({ exitCode: 1, output: "", errors });
export const misused = (errors: string) => ({ exitCode: 2, output: "", errors });

/** What is said of an address without a database. */
export const noDatabase = (url: string) =>
  `there is no database at ${url.slice("sqlite:".length)}, which DATABASE_URL names\n`;

/** A database as the bot leaves it. */
export async function openDatabase(url: string) {
  const { database } = readForOperator({ DATABASE_URL: url })._unsafeUnwrap();
  const { store, db, jobsWithin, close } = await openStorage(database, systemClock, silentLog);
  onTestFinished(close);
  return {
    store,
    db,
    jobsWithin,
    /** Ada's avatar, with a training in this state. */
    trained: async (state: TrainingState): Promise<Training> => {
      const training = aTraining("requested", { ownerId: ada, state, nextCheckAt: undefined });
      const { id: avatarId } = await valueOf(
        store.avatars.save(
          anAvatar({
            ownerId: ada,
            name: "Ada",
            state: { status: "failed", trainingId: training.id, reason: "provider_timeout" },
          }),
        ),
      );
      return { ...training, avatarId, version: (await valueOf(store.orders.save({ ...training, avatarId }))).version };
    },
  };
}

export const sqlite = async () => `sqlite:${join(await temporaryFolder(), "likeness.db")}`;
