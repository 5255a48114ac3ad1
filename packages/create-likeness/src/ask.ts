import { isCancel, select, text } from "@clack/prompts";
import { err, ok, type Result } from "neverthrow";
import type { Readable, Writable } from "node:stream";
import { questionNames, questions, type Answers, type Choice, type GivenAnswers } from "./questions.ts";

/** Where questions are shown and answers are typed. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** The person pressed Ctrl-C or Escape. */
export interface Cancelled {
  readonly type: "cancelled";
}

/** Asks for a folder until there is one without a problem. */
export async function askFolder(
  terminal: Terminal,
  usual: string,
  problemOf: (folder: string) => string | undefined,
): Promise<Result<string, Cancelled>> {
  const folderOf = (typed: string | undefined): string => typed?.trim() || usual;
  const validate = (typed: string | undefined) => problemOf(folderOf(typed));
  const typed = await text({ ...terminal, message: "Which folder?", placeholder: usual, validate });
  return isCancel(typed) ? err({ type: "cancelled" }) : ok(folderOf(typed as string | undefined));
}

/** Asks the questions that have no answer yet. */
export async function askQuestions(terminal: Terminal, given: GivenAnswers): Promise<Result<Answers, Cancelled>> {
  const answers: Record<string, Choice> = { ...given };
  for (const name of questionNames.filter((question) => !given[question])) {
    const { message, choices } = questions[name];
    const options = choices.map((value: Choice) => ({ value, label: value.label, hint: value.hint }));
    const chosen = await select<Choice>({ ...terminal, message, options });
    if (isCancel(chosen)) return err({ type: "cancelled" });
    answers[name] = chosen;
  }
  return ok(answers as Answers);
}
