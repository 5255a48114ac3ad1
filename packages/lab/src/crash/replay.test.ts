import { describe, expect, it } from "vitest";
import { cellsOf, type Selection } from "./crash-run.ts";
import { behavioursAt, killPoints, namesOf, pointsOf } from "./kill-points.ts";
import { kinds } from "./kinds.ts";
import { seededRandom } from "./random.ts";
import { soakPlan } from "./soak-plan.ts";

const cells = (seed: number, selection: Partial<Selection> = {}) =>
  cellsOf({ seed, engine: "sqlite", vendor: "fal", points: namesOf(killPoints), kinds: namesOf(kinds), ...selection });

const troubles = { requests: ["normal", "lost answer"], pictures: ["normal", "flagged"], faults: ["status"] } as const;

const plan = (seed: number) => soakPlan({ random: seededRandom(seed), seconds: 300, replicas: 3, troubles });

describe("a seed", () => {
  it("gives the same cells again, and another one others", () => {
    expect(cells(42)).toStrictEqual(cells(42));
    expect(cells(42)).not.toStrictEqual(cells(43));
  });

  it.each([
    ["training", 120],
    ["image", 124],
    ["variation", 25],
    ["upscale", 25],
    ["first-look", 14],
    ["gone-link", 16],
    ["payment", 21],
    ["erasure", 18],
  ] as const)(
    "gives a %s every kill point that it reaches with every behaviour of the provider that matters there, once",
    (kind, count) => {
      const all = pointsOf(kind).flatMap((point) => behavioursAt(point, kind).map((each) => `${point} ${each}`));
      expect(all).toHaveLength(count);
      expect(
        cells(42, { kinds: [kind] })
          .map(({ point, behaviour }) => `${point} ${behaviour}`)
          .toSorted(),
      ).toStrictEqual(all.toSorted());
    },
  );

  it("gives a point or a kind alone the cells that it has among all", () => {
    expect(cells(42, { points: ["P3"] })).toStrictEqual(cells(42).filter(({ point }) => point === "P3"));
    expect(cells(42, { kinds: ["image"] })).toStrictEqual(cells(42).filter(({ kind }) => kind === "image"));
  });

  it("gives the same soak again, and another one another", () => {
    expect(plan(42)).toStrictEqual(plan(42));
    expect(plan(42)).not.toStrictEqual(plan(43));
  });

  it("gives a soak everything that can happen, all the time", () => {
    const steps = plan(42);
    expect(new Set(steps.map(({ step }) => step.type)).size).toBe(6);
    for (let second = 0; second < 300; second += 60)
      expect(steps.filter(({ seconds }) => seconds >= second && seconds < second + 60).length).toBeGreaterThan(30);
  });
});
