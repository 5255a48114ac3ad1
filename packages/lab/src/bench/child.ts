import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A child process that answers questions one after the other. */
export interface Child<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  /** Ends it, and waits until it has ended: what it uses can be closed then. */
  stop(): Promise<void>;
}

/** Starts a program of this folder that calls `answerQuestions` for the same questions, with options of Node. */
export function startChild<Question extends object, Answer>(
  program: string,
  execArgv: readonly string[] = [],
): Child<Question, Answer> {
  const child = fork(join(import.meta.dirname, program), { serialization: "advanced", execArgv: [...execArgv] });
  const gone = once(child, "exit");
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const fail = (code: number | null, signal: NodeJS.Signals | null) =>
          reject(new Error(`${program} ended with ${code ?? signal}`));
        child.once("exit", fail);
        child.once("message", (answer) => {
          child.off("exit", fail);
          resolve(answer as Answer);
        });
        child.send(question);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** Answers the questions of the parent process, and exits with it, or when a question fails. */
export function answerQuestions(answer: (question: never) => Promise<unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", (question) => void answer(question as never).then((found) => process.send?.(found)));
}
