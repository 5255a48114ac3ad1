import { timestamp, type Clock, type Timestamp } from "@likeness/core";
import { noteCrypto, untilCryptoDone } from "./web-crypto.ts";

/** The start time of the test clock and the fixtures. */
export const testStart: Timestamp = "2026-11-23T06:00:00.000Z";

/** A clock that stands still until the test moves it, and does not move while work is under way. */
export interface TestClock extends Clock {
  /**
   * Lets this many seconds pass: due timers fire in order, each at its own time, and the promises they started resolve.
   */
  advance(seconds: number): Promise<void>;
  /**
   * Sets the time. Forwards like `advance`; backwards like a change of the system clock, which timers do not notice.
   */
  set(moment: Timestamp): Promise<void>;
  /**
   * Registers a function for work that the clock cannot detect, such as I/O. It returns a promise to await before time
   * passes, or undefined when nothing is under way. Work of the event loop's next iterations and of Web Crypto is known.
   */
  waitFor(underWay: () => Promise<unknown> | undefined): void;
  /** How many seconds the next timer is away; undefined when there is none, so that nothing will happen by itself. */
  untilNextTimer(): number | undefined;
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
  noteCrypto();
  const others = [untilCryptoDone];

  const workUnderWay = (): Promise<unknown> | undefined => {
    for (const underWay of others) {
      const work = underWay();
      if (work) return work;
    }
    return undefined;
  };

  /** Ends when nothing was under way after all promises had ended: each work may have led to another, of any kind. */
  const untilIdle = async (): Promise<void> => {
    await untilPromisesIdle();
    for (let work = workUnderWay(); work; work = workUnderWay()) {
      await work;
      await untilPromisesIdle();
    }
  };

  /** Of several that are due at once the one that was set first. */
  const nextTimer = (): Timer | undefined => {
    let next: Timer | undefined;
    for (const timer of timers) if (!next || timer.due < next.due) next = timer;
    return next;
  };

  const nextUntil = (end: number): Timer | undefined => {
    const next = nextTimer();
    return next && next.due <= end ? next : undefined;
  };

  const pass = async (milliseconds: number): Promise<void> => {
    const end = elapsed + Math.round(milliseconds);
    await untilIdle();
    for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
      timers.delete(timer);
      elapsed = Math.max(elapsed, timer.due);
      timer.callback();
      await untilIdle();
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
    waitFor: (underWay) => void others.push(underWay),
    untilNextTimer: () => {
      const next = nextTimer();
      return next && Math.max(0, next.due - elapsed) / 1_000;
    },
    set: async (moment) => {
      const difference = Date.parse(moment) - now();
      if (difference >= 0) return pass(difference);
      origin += difference;
    },
  };
}

/** How many calls of `untilPromisesIdle` wait for the event loop's next iteration; they do not wait for each other. */
let waiting = 0;

/**
 * Waits until every promise that needs no I/O has ended, including those that wait for the event loop's next iteration.
 */
async function untilPromisesIdle(): Promise<void> {
  do {
    waiting += 1;
    await new Promise((resolve) => setImmediate(resolve));
    waiting -= 1;
  } while (immediates() > waiting);
}

const immediates = (): number => process.getActiveResourcesInfo().filter((type) => type === "Immediate").length;
