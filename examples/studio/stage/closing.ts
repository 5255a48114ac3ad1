import { whenNpmIsGone } from "@likeness/example-telegram-bot/when-npm-is-gone.ts";

type Close = () => Promise<unknown>;

/** Ends the studio in the reverse order of opening. */
export function closing() {
  const closers: Close[] = [];
  const lastly: Close[] = [];
  let ending: Promise<void> | undefined;

  const closeAll = async (): Promise<void> => {
    for (const close of [...closers.toReversed(), ...lastly.toReversed()]) {
      try {
        await close();
      } catch (error) {
        complain("Something could not be closed", error);
      }
    }
  };
  const end = (code: number): void => {
    // A terminal and npm may both forward the same Ctrl-C.
    ending ??= closeAll().then(() => process.exit(code));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => end(0));
  whenNpmIsGone(() => end(0));

  return {
    onClose: (close: Close): void => void closers.push(close),
    /** Adds a step that runs after all others are closed. */
    closeLast: (close: Close): void => void lastly.push(close),
    complain,
    /** Prints a short error, closes everything, and exits with code 1. */
    leaveWith: (error: unknown): void => {
      process.stderr.write(`${messageOf(error)}\n`);
      end(1);
    },
  };
}

const complain = (what: string, error: unknown): void => void process.stderr.write(`${what}: ${messageOf(error)}\n`);

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE" && "port" in error)
    return `Port ${String(error.port)} is taken by another program.`;
  return error.message;
}
