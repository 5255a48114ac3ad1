import { describe, expect, it } from "vitest";
import { inLine } from "./in-line.ts";

/** Work that ends when it is told to. */
function work() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const start = (name: number) => () => {
    begun.push(name);
    return new Promise<number>((resolve) => (ends[name] = () => resolve(name)));
  };
  return { begun, start, end: (name: number) => ends[name]?.() };
}

describe("inLine", () => {
  it("runs so many at once, and the next in line when one has ended", async () => {
    const [line, { begun, start, end }] = [inLine(2), work()];
    const ended = [0, 1, 2, 3].map((name) => line(start(name)));
    expect(begun).toStrictEqual([0, 1]);
    end(1);
    expect(await ended[1]).toBe(1);
    expect(begun).toStrictEqual([0, 1, 2]);
    end(0);
    await ended[0];
    expect(begun).toStrictEqual([0, 1, 2, 3]);
    end(2);
    end(3);
    expect(await Promise.all(ended)).toStrictEqual([0, 1, 2, 3]);
  });

  it("gives the place of work that failed to the next", async () => {
    const line = inLine(1);
    const failed = line(async () => Promise.reject(new Error("on purpose")));
    const next = line(async () => "next");
    await expect(failed).rejects.toThrow("on purpose");
    expect(await next).toBe("next");
  });
});
