import { describe, expect, it } from "vitest";
import { addSeconds } from "@likeness/core";
import { stoppableClock } from "./stoppable-clock.ts";
import { testClock, testStart } from "./test-clock.ts";

describe("testClock", () => {
  it("stands still until it is moved", async () => {
    const clock = testClock();
    expect([clock.now(), clock.now()]).toStrictEqual([testStart, testStart]);
    await clock.advance(1.5);
    expect(clock.now()).toBe(addSeconds(testStart, 1.5));
    await clock.set(addSeconds(testStart, 60));
    expect(clock.now()).toBe(addSeconds(testStart, 60));
    expect(testClock("2030-01-01T00:00:00.000Z").now()).toBe("2030-01-01T00:00:00.000Z");
  });

  it("fires due timers in order, each at its own moment", async () => {
    const clock = testClock();
    const fired: [string, string][] = [];
    const timer = (name: string, seconds: number) => clock.after(seconds * 1000, () => fired.push([name, clock.now()]));
    timer("third", 3);
    timer("first", 1);
    timer("second", 2);
    timer("second too", 2);
    timer("never", 4);
    timer("called off", 1)();
    await clock.advance(3);
    expect(fired).toStrictEqual([
      ["first", addSeconds(testStart, 1)],
      ["second", addSeconds(testStart, 2)],
      ["second too", addSeconds(testStart, 2)],
      ["third", addSeconds(testStart, 3)],
    ]);
  });

  it("lets what a timer started end, and set timers of its own, before it goes on", async () => {
    const clock = testClock();
    const ticks: string[] = [];
    const tick = async (): Promise<void> => {
      await Promise.resolve();
      ticks.push(clock.now());
      clock.after(1_000, () => void tick());
    };
    void tick();
    await clock.advance(3);
    expect(ticks).toStrictEqual([0, 1, 2, 3].map((seconds) => addSeconds(testStart, seconds)));
  });

  it("lets what waits for the event loop end, also when time passes twice at once", async () => {
    const clock = testClock();
    const ended: string[] = [];
    const later = async (turns: number): Promise<void> => {
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      ended.push(`${turns} turns`);
    };
    void later(30);
    void later(20);
    await Promise.all([clock.advance(0), clock.advance(1)]);
    expect(ended).toStrictEqual(["20 turns", "30 turns"]);
  });

  it("does not move while Web Crypto works, which it does on threads of its own", async () => {
    const clock = testClock();
    const noted: [string, string][] = [];
    const note = (what: string) => void noted.push([what, clock.now()]);
    const digest = (bytes: number) => crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
    void digest(10_000_000)
      .then(() => digest(10_000_000))
      .then(() => note("digests"));
    void crypto.subtle.digest("no algorithm", new Uint8Array(1)).catch(() => note("refused"));
    clock.after(1_000, () => note("timer"));
    await clock.advance(1);
    expect(noted).toStrictEqual([
      ["refused", testStart],
      ["digests", testStart],
      ["timer", addSeconds(testStart, 1)],
    ]);
  });

  it("does not move while other work is under way, however that leads from one to the next", async () => {
    const clock = testClock();
    const noted: [string, string][] = [];
    const note = (what: string) => void noted.push([what, clock.now()]);
    const underWay = new Set<Promise<void>>();
    const work = (milliseconds: number): Promise<void> => {
      const done = new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
      underWay.add(done);
      return done.finally(() => underWay.delete(done));
    };
    const first = (): Promise<unknown> | undefined => [...underWay][0];
    clock.waitFor(first);
    const story = async (): Promise<void> => {
      await work(5);
      await crypto.subtle.digest("SHA-256", new Uint8Array(1_000_000));
      await new Promise((resolve) => setImmediate(resolve));
      await Promise.all([work(10), work(5)]);
      note("story");
    };
    void story();
    clock.after(1_000, () => note("timer"));
    await clock.advance(1);
    expect(noted).toStrictEqual([
      ["story", testStart],
      ["timer", addSeconds(testStart, 1)],
    ]);
  });

  it("can be set back without disturbing timers", async () => {
    const clock = testClock();
    let fired = 0;
    clock.after(10_000, () => fired++);
    await clock.set(addSeconds(testStart, -600));
    expect(clock.now()).toBe(addSeconds(testStart, -600));
    await clock.advance(9);
    expect(fired).toBe(0);
    await clock.advance(1);
    expect(fired).toBe(1);
  });
});

describe("stoppableClock", () => {
  it("follows its clock until it is stopped", async () => {
    const clock = testClock();
    const stoppable = stoppableClock(clock);
    let fired = 0;
    stoppable.after(1_000, () => fired++);
    stoppable.after(3_000, () => fired++);
    await clock.advance(2);
    expect([stoppable.now(), fired]).toStrictEqual([addSeconds(testStart, 2), 1]);
    stoppable.stop();
    await clock.advance(2);
    expect([stoppable.now(), fired]).toStrictEqual([addSeconds(testStart, 2), 1]);
  });
});
