import fc from "fast-check";
import { err, errAsync, ok, okAsync, ResultAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { inBatches, type BatchWork } from "./in-batches.ts";

const impatient = { size: 4, afterPatience: () => () => undefined };

/** Work that ends when it is let go, and what it took. */
function heldWork() {
  const batches: (readonly number[])[] = [];
  const letGo: (() => void)[] = [];
  const work: BatchWork<number, number, "failed"> = (take) =>
    new ResultAsync(
      new Promise((resolve) => {
        const items = take();
        batches.push(items);
        letGo.push(() => resolve(items.includes(13) ? err("failed") : ok(items.map((item) => item * 10))));
      }),
    );
  return { batches, letGo, work };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("items in batches", () => {
  it("answers every item once with its own result, in batches of the size, in order, whatever fails", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pause: fc.nat(3), bad: fc.boolean() }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 5 }),
        fc.scheduler(),
        async (items, size, scheduler) => {
          const batches: (readonly number[])[] = [];
          const work: BatchWork<number, string, string> = (take) =>
            new ResultAsync(
              (async () => {
                await scheduler.schedule(Promise.resolve(), "begin");
                const taken = take();
                expect(take()).toStrictEqual(taken);
                batches.push(taken);
                await scheduler.schedule(Promise.resolve(), "work");
                const bad = taken.find((index) => items[index]?.bad);
                return bad === undefined ? ok(taken.map((index) => `done ${index}`)) : err(`bad ${bad}`);
              })(),
            );
          const add = inBatches(work, { size, afterPatience: impatient.afterPatience });
          const answers: Promise<unknown>[] = [];
          for (const [index, { pause }] of items.entries()) {
            for (let count = 0; count < pause && scheduler.count() > 0; count++) await scheduler.waitOne();
            answers.push(Promise.resolve(add(index)));
          }
          const all = Promise.all(answers);
          await scheduler.waitFor(all);
          expect(await all).toStrictEqual(
            items.map(({ bad }, index) => (bad ? err(`bad ${index}`) : ok(`done ${index}`))),
          );
          expect(Math.max(0, ...batches.map((batch) => batch.length))).toBeLessThanOrEqual(size);
          const first = batches.filter(
            (batch, at) =>
              !batches
                .slice(0, at)
                .flat()
                .some((each) => batch.includes(each)),
          );
          expect(first.flat()).toStrictEqual(items.map((_, index) => index));
        },
      ),
      { numRuns: 200 },
    ));

  it("begins with one that comes alone at once, and with those that come meanwhile when it has ended", async () => {
    const { batches, letGo, work } = heldWork();
    const add = inBatches(work, impatient);
    const first = add(1);
    expect(batches).toStrictEqual([[1]]);
    const others = [add(2), add(3)];
    await turn();
    expect(batches).toStrictEqual([[1]]);
    letGo[0]?.();
    expect(await first).toStrictEqual(ok(10));
    await turn();
    expect(batches).toStrictEqual([[1], [2, 3]]);
    letGo[1]?.();
    expect(await Promise.all(others)).toStrictEqual([ok(20), ok(30)]);
  });

  it("does not wait for the batch under way when the next one is full, or when its patience is over", async () => {
    const { batches, letGo, work } = heldWork();
    const patience: (() => void)[] = [];
    const add = inBatches(work, {
      size: 3,
      afterPatience: (callback) => {
        patience.push(callback);
        return () => undefined;
      },
    });
    const answers = [1, 2, 3, 4].map((item) => add(item));
    expect(batches).toStrictEqual([[1], [2, 3, 4]]);
    answers.push(add(5));
    expect(batches).toHaveLength(2);
    patience.at(-1)?.();
    expect(batches).toStrictEqual([[1], [2, 3, 4], [5]]);
    answers.push(add(6));
    letGo[2]?.();
    await turn();
    // Two still hang: the last one waits for its own patience, and not for ever.
    expect(batches).toHaveLength(3);
    patience.at(-1)?.();
    for (const go of letGo) go();
    expect(await Promise.all(answers)).toStrictEqual([10, 20, 30, 40, 50, 60].map((answer) => ok(answer)));
  });

  it("fails all with what kept the work from beginning, without trying each", async () => {
    let tries = 0;
    const add = inBatches<number, number, string>(() => {
      tries += 1;
      return new ResultAsync(turn().then(() => err("no connection")));
    }, impatient);
    expect(await Promise.all([add(1), add(2), add(3)])).toStrictEqual(Array(3).fill(err("no connection")));
    expect(tries).toBe(1);
  });

  it("rejects with what the work throws, and goes on with the next", async () => {
    const add = inBatches<number, number, string>((take) => {
      if (take().includes(1)) throw new Error("a mistake");
      return okAsync(take().map((item) => item));
    }, impatient);
    const answers = [add(1), add(2)].map((answer) => Promise.resolve(answer));
    await expect(answers[0]).rejects.toThrow("a mistake");
    expect(await answers[1]).toStrictEqual(ok(2));
  });

  it("answers with the error of one that fails alone", async () => {
    expect(await inBatches<number, number, string>((take) => errAsync(`${take().length}`), impatient)(1)).toStrictEqual(
      err("1"),
    );
  });
});
