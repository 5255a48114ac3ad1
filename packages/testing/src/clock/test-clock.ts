import { timestamp, type Clock, type Timestamp } from "@likeness/core";

/** When the test clock and the fixtures begin. */
export const testStart: Timestamp = "2026-11-23T06:00:00.000Z";

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** Lets so much time pass: due timers fire in order, each at its own moment, and what they started may settle. */
  advance(seconds: number): Promise<void>;
  /** Goes to a moment. Forwards like `advance`; backwards as when somebody sets the host's clock: timers do not notice. */
  set(moment: Timestamp): Promise<void>;
  /** Lets no time pass before this is through, too. For what does I/O, which promises alone do not tell. */
  waitFor(idle: () => Promise<void>): void;
}

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/**
 * @example
 * const clock = testClock();
 * await clock.advance(90);
 */
export function testClock(start: Timestamp = testStart): TestClock {
  const timers = new Set<Timer>();
  let elapsed = 0;
  let origin = Date.parse(start);
  const others: (() => Promise<void>)[] = [];

  const settle = async (): Promise<void> => {
    await settlePromises();
    for (const idle of others) await idle();
  };

  const nextUntil = (end: number): Timer | undefined =>
    [...timers].filter((timer) => timer.due <= end).toSorted((left, right) => left.due - right.due)[0];

  const pass = async (milliseconds: number): Promise<void> => {
    const end = elapsed + Math.round(milliseconds);
    await settle();
    for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
      timers.delete(timer);
      elapsed = Math.max(elapsed, timer.due);
      timer.callback();
      await settle();
    }
    elapsed = Math.max(elapsed, end);
  };

  const now = (): number => origin + elapsed;

  return {
    now: () => timestamp(now()),
    after: (milliseconds, callback) => {
      const timer = { due: elapsed + milliseconds, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (seconds) => pass(seconds * 1000),
    waitFor: (idle) => void others.push(idle),
    set: async (moment) => {
      const difference = Date.parse(moment) - now();
      if (difference >= 0) return pass(difference);
      origin += difference;
    },
  };
}

/** How many wait for the event loop's next turn in here: they need not wait for each other. */
let settling = 0;

/** Lets every promise that can settle without I/O settle, those that wait for the event loop's next turn included. */
async function settlePromises(): Promise<void> {
  do {
    settling += 1;
    await new Promise((resolve) => setImmediate(resolve));
    settling -= 1;
  } while (immediates() > settling);
}

const immediates = (): number => process.getActiveResourcesInfo().filter((type) => type === "Immediate").length;
