import { secondsBetween, systemClock, type Clock } from "@likeness/core";
import { testClock, type TestClock } from "../clock/test-clock.ts";

/** How a suite waits. */
export interface ContractTime<C extends Clock = Clock> {
  readonly clock: C;
  /** Lets time pass until a condition holds; the test fails if it never does. */
  until(what: string, condition: () => boolean | Promise<boolean>): Promise<void>;
  /** Lets this many seconds pass. */
  pass(seconds: number): Promise<void>;
}

const stepSeconds = 0.5;

/** Moves a test clock in small steps, for up to an hour of its time. */
export const ownTime = (): ContractTime<TestClock> => timeOf(testClock(), 3_600, (clock) => clock.advance(stepSeconds));

/** Waits in real time, for up to a minute. For implementations that do not take a clock. */
export const realTime = (): ContractTime =>
  timeOf(systemClock, 60, () => new Promise((resolve) => setTimeout(resolve, 20)));

function timeOf<C extends Clock>(
  clock: C,
  patienceSeconds: number,
  step: (clock: C) => Promise<void>,
): ContractTime<C> {
  const until: ContractTime["until"] = async (what, condition) => {
    const start = clock.now();
    while (!(await condition())) {
      if (secondsBetween(start, clock.now()) > patienceSeconds) throw new Error(`waited in vain until ${what}`);
      await step(clock);
    }
  };
  const pass: ContractTime["pass"] = async (seconds) => {
    const start = clock.now();
    await until(`${seconds} s have passed`, () => secondsBetween(start, clock.now()) >= seconds);
  };
  return { clock, until, pass };
}
