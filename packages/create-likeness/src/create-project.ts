import { basename, relative, resolve } from "node:path";
import { err, ok, type Result } from "neverthrow";
import { askFolder, askQuestions, type Cancelled, type Terminal } from "./ask.ts";
import { problemOfName } from "./check-name.ts";
import { composeProject } from "./compose-project.ts";
import { allDependencies } from "./project-manifest.ts";
import { defaultAnswer, questionNames, type Answers, type GivenAnswers } from "./questions.ts";
import { checkFolder, writeProject, type FolderRefused } from "./write-project.ts";

export interface CreateProject {
  /** Absent: it is asked. */
  readonly folder?: string | undefined;
  readonly answers: GivenAnswers;
  /** Asks nothing and takes defaults. */
  readonly yes: boolean;
  /** Absent: there is nobody to ask. */
  readonly terminal?: Terminal | undefined;
}

/** Questions are open, and there is nobody to ask. */
export interface NobodyToAsk {
  readonly type: "nobody-to-ask";
}

/** The folder's name cannot be that of a package. `detail` is for people. */
export interface NameRefused {
  readonly type: "name-refused";
  readonly detail: string;
}

export type CreateError = Cancelled | FolderRefused | NameRefused | NobodyToAsk;

const usualFolder = "my-bot";

/** Asks what is open, then writes the project. Returns its folder. */
export async function createProject(given: CreateProject): Promise<Result<string, CreateError>> {
  const { folder = given.yes ? usualFolder : undefined, answers, terminal } = given;
  // Refused before the questions, so that nobody answers them in vain.
  const checked = folder === undefined ? ok(undefined) : check(folder);
  if (checked.isErr()) return err(checked.error);
  const complete = completed(answers, given.yes);
  if (folder !== undefined && complete) return write(folder, complete);

  if (!terminal) return err({ type: "nobody-to-ask" });
  const problemOf = (typed: string): string | undefined => check(typed).match(nothing, ({ detail }) => detail);
  const place = folder === undefined ? await askFolder(terminal, usualFolder, problemOf) : ok(folder);
  if (place.isErr()) return err(place.error);
  const chosen = await askQuestions(terminal, answers);
  return chosen.andThen((all) => write(place.value, all));
}

const nothing = (): undefined => undefined;

function completed(answers: GivenAnswers, yes: boolean): Answers | undefined {
  const all = questionNames.map((name) => [name, answers[name] ?? (yes ? defaultAnswer(name) : undefined)] as const);
  return all.every(([, choice]) => choice) ? (Object.fromEntries(all) as Answers) : undefined;
}

const nameOf = (folder: string): string => basename(resolve(folder));

function check(folder: string): Result<void, FolderRefused | NameRefused> {
  const detail = problemOfName(nameOf(folder), allDependencies);
  return detail === undefined ? checkFolder(folder) : err({ type: "name-refused", detail });
}

const write = (folder: string, answers: Answers): Result<string, FolderRefused> =>
  writeProject(folder, composeProject(nameOf(folder), answers)).map(() => folder);

/** What to do next, for a person in the folder `here`. */
export function nextSteps(folder: string, here: string): string {
  const place = relative(here, resolve(here, folder)) || ".";
  const quoted = /[^\w./\\-]/.test(place) ? `"${place}"` : place;
  const steps = [...(place === "." ? [] : [`cd ${quoted}`]), "npm install", "npm start"];
  return `Your bot is in ${place}. See it at work, without a token:\n\n${steps.map((step) => `  ${step}`).join("\n")}\n`;
}
