import { addSeconds, secondsBetween, type Photo } from "@likeness/core";
import { memoryStore, testClock, testStart, valueOf } from "@likeness/testing";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Burst } from "../../conversation/conversation.ts";
import { endBurst, joinBurst } from "./burst.ts";

const photo = (number: number, seconds = 0, avatarId = "ada") => ({
  avatarId,
  number,
  createdAt: addSeconds(testStart, seconds),
});

const shown: Burst = {
  avatarId: "ada",
  firstNumber: 1,
  photos: 3,
  lastArrivalAt: testStart,
  messageId: 7,
  shown: "digest",
  shownAt: testStart,
  settled: false,
};

describe("joinBurst", () => {
  it("begins one with the first photo", () => {
    expect(joinBurst(undefined, photo(4))).toStrictEqual({
      avatarId: "ada",
      firstNumber: 4,
      photos: 1,
      lastArrivalAt: testStart,
      settled: false,
    });
  });

  it("goes on with a photo that comes soon, in the same message", () => {
    expect(joinBurst(shown, photo(4, 8))).toStrictEqual({
      ...shown,
      photos: 4,
      lastArrivalAt: addSeconds(testStart, 8),
    });
  });

  it("goes on below after a pause, with everything that was not shown", () => {
    const { shown: _shown, ...below } = shown;
    const later = addSeconds(testStart, 9);
    expect(joinBurst(shown, photo(4, 9))).toStrictEqual({ ...below, photos: 4, lastArrivalAt: later });
  });

  it("begins a new one after one that has ended, and with another avatar, and remembers the old message", () => {
    const fresh = { firstNumber: 4, photos: 1, messageId: 7, shownAt: testStart, settled: false };
    const lastArrivalAt = addSeconds(testStart, 4);
    expect(joinBurst({ ...shown, settled: true }, photo(4, 4))).toStrictEqual({
      avatarId: "ada",
      lastArrivalAt,
      ...fresh,
    });
    expect(joinBurst(shown, photo(4, 4, "other"))).toStrictEqual({ avatarId: "other", lastArrivalAt, ...fresh });
  });

  it("takes back in what came with it but was slower", () => {
    const settled = { ...shown, firstNumber: 2, photos: 2, settled: true };
    expect(joinBurst(settled, photo(1, -1))).toStrictEqual({ ...shown, firstNumber: 1, photos: 3 });
  });

  it("is not changed by a photo that it has, nor by one of long ago", () => {
    for (const burst of [shown, { ...shown, settled: true }]) expect(joinBurst(burst, photo(2))).toBe(burst);
    const later = { ...shown, firstNumber: 11 };
    expect(joinBurst(later, photo(1, -60))).toBe(later);
  });

  it("comes to the same whatever the order of photos that came together, and however often each comes", () => {
    const arrivals = fc
      .array(fc.integer({ min: 0, max: 7_999 }), { minLength: 1, maxLength: 12 })
      .map((milliseconds) =>
        milliseconds.toSorted((left, right) => left - right).map((at, index) => photo(index + 1, at / 1000)),
      );
    const shuffled = arrivals.chain((photos) =>
      fc.record({
        photos: fc.constant(photos),
        handled: fc.shuffledSubarray([...photos, ...photos], { minLength: photos.length * 2 }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ photos, handled }) => {
        const burst = handled.reduce<Burst | undefined>(joinBurst, undefined);
        expect(burst).toStrictEqual({
          avatarId: "ada",
          firstNumber: 1,
          photos: photos.length,
          lastArrivalAt: photos.at(-1)?.createdAt,
          settled: false,
        });
      }),
    );
  });
});

describe("endBurst", () => {
  it("looks less and less often while a photo is checked, so that a bot in arrears has fewer looks to do", async () => {
    const clock = testClock();
    const { store } = memoryStore({ clock });
    const pending: Photo = { ...photo(1), id: "photo", state: { status: "pending" }, version: 0 };
    const untilNextLook = async (): Promise<number> => {
      const outcome = await valueOf(endBurst({ store, clock }, { chatId: 42 }, shown, [pending]));
      return outcome.type === "again" ? secondsBetween(clock.now(), outcome.at) : 0;
    };
    const gaps: number[] = [];
    for (const wait of [0, 5, 15, 20, 30, 3_000]) {
      await clock.advance(wait);
      gaps.push(await untilNextLook());
    }
    expect(gaps).toStrictEqual([2, 2, 4, 8, 10, 10]);
  });
});
