import { fork } from "node:child_process";
import { join } from "node:path";

/** A child process that answers questions one after the other. */
export interface Child<Question, Answer> {
  ask(question: Question): Promise<Answer>;
  /** Ends it at once. */
  stop(): void;
}

/** Starts a program of this folder that calls `answerQuestions` for the same questions, with options of Node. */
export function startChild<Question extends object, Answer>(
  program: string,
  execArgv: readonly string[] = [],
): Child<Question, Answer> {
  const child = fork(join(import.meta.dirname, program), { serialization: "advanced", execArgv: [...execArgv] });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const gone = (code: number | null) => reject(new Error(`${program} ended with ${code}`));
        child.once("exit", gone);
        child.once("message", (answer) => {
          child.off("exit", gone);
          resolve(answer as Answer);
        });
        child.send(question);
      }),
    stop: () => {
      if (child.connected) child.disconnect();
    },
  };
}

/** Answers the questions of the parent process, and exits with it, or when a question fails. */
export function answerQuestions(answer: (question: never) => Promise<unknown>): void {
  process.on("disconnect", () => process.exit());
  process.on("message", (question) => void answer(question as never).then((found) => process.send?.(found)));
}
