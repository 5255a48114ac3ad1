import type { Logger } from "pino";
import { leaveWith, reasonOf } from "./leave.ts";
import { whenNpmIsGone } from "./when-npm-is-gone.ts";

export interface Shutdown {
  /** Aborted when the end begins. */
  readonly signal: AbortSignal;
  /** What the end takes: the steps run in the opposite order of their naming, each after the one before. */
  defer(step: string, take: () => Promise<unknown>): void;
}

/**
 * Ends the process on SIGTERM and SIGINT, or with the npm that started it, with exit code 0 when every step went well. A second signal ends it at once:
 * that is safe at any moment, only less polite. So does an error that nobody caught, with one line that says which.
 */
export function shutdownOnSignals(log: Logger, scrub: (line: string) => string): Shutdown {
  const steps: { readonly step: string; take(): Promise<unknown> }[] = [];
  const controller = new AbortController();

  const end = async (): Promise<void> => {
    let exitCode = 0;
    for (const { step, take } of steps.toReversed()) {
      try {
        await take();
      } catch (error) {
        exitCode = 1;
        log.error({ err: error, step }, "a step of the end failed");
      }
    }
    log.info({}, "the bot has ended");
    process.exit(exitCode);
  };

  const begin = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(1);
    log.info({ signal: name }, "the bot is ending");
    controller.abort();
    void end();
  };
  process.on("SIGTERM", begin);
  process.on("SIGINT", begin);
  whenNpmIsGone(() => {
    if (!controller.signal.aborted) begin("SIGHUP");
  });

  process.on("uncaughtException", (error) => {
    log.fatal({ err: error }, "the bot cannot go on");
    // What the end interrupts may complain.
    if (!controller.signal.aborted) leaveWith([scrub(reasonOf(error))]);
  });

  return { signal: controller.signal, defer: (step, take) => void steps.push({ step, take }) };
}
