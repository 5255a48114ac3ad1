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

/** Moves a test clock, for up to an hour of its time. Between its timers nothing happens, so it looks after each. */
export function ownTime(): ContractTime<TestClock> {
  const clock = testClock();
  const longestSeconds = 3_600;
  const step = (waited: number): Promise<void> => {
    const left = longestSeconds - waited + 1;
    return clock.advance(Math.min(clock.untilNextTimer() ?? left, left));
  };
  const untilAfterTimers = untilOf({ clock, longestSeconds, step });
  return {
    clock,
    until: async (what, condition) => {
      if (await condition()) return;
      await clock.advance(0);
      await untilAfterTimers(what, condition);
    },
    pass: (seconds) => clock.advance(seconds),
  };
}

/** Waits in real time, for up to a minute. For implementations that do not take a clock. */
export function realTime(): ContractTime {
  const clock = systemClock;
  const step = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  const until = untilOf({ clock, longestSeconds: 60, step });
  const pass: ContractTime["pass"] = (seconds) => {
    const start = clock.now();
    return until(`${seconds} s have passed`, () => secondsBetween(start, clock.now()) >= seconds);
  };
  return { clock, until, pass };
}

interface Waiting {
  readonly clock: Clock;
  readonly longestSeconds: number;
  /** Lets a little time pass; `waited`: the seconds since the wait began. */
  step(waited: number): Promise<void>;
}

function untilOf({ clock, longestSeconds, step }: Waiting): ContractTime["until"] {
  return async (what, condition) => {
    const start = clock.now();
    while (!(await condition())) {
      const waited = secondsBetween(start, clock.now());
      if (waited > longestSeconds) throw new Error(`waited in vain until ${what}`);
      await step(waited);
    }
  };
}
