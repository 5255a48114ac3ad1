import type { Logger } from "pino";
import { leaveWith, reasonOf } from "./leave.ts";
import { whenNpmIsGone } from "./when-npm-is-gone.ts";

export interface Shutdown {
  /** Aborted when the shutdown begins. */
  readonly signal: AbortSignal;
  /** Adds a step of the shutdown. Steps run one after the other, in the reverse order of their addition. */
  defer(step: string, take: () => Promise<unknown>): void;
}

/**
 * Ends the process on SIGTERM and SIGINT, or when the npm that started it has ended, with exit code 0 if every step
 * succeeded. A second signal ends it at once, which is safe at any time. So does an uncaught error, with one line about
 * it.
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
    // Errors during the shutdown are ignored, because it interrupts running work.
    if (!controller.signal.aborted) leaveWith([scrub(reasonOf(error))]);
  });

  return { signal: controller.signal, defer: (step, take) => void steps.push({ step, take }) };
}
