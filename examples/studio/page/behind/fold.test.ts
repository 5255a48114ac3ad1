import { expect, it } from "vitest";
import type { Activity } from "../../protocol.ts";
import { fold } from "./fold.ts";

let count = 0;
const job = (at: number, gist: string | undefined, more: Partial<Activity> = {}): Activity => ({
  id: ++count,
  at,
  kind: "job",
  line: `${gist}, ${at} ms`,
  trouble: false,
  gist,
  ...more,
});

const folded = (activities: readonly Activity[]): unknown[] =>
  fold(activities).map(({ first, times }) => [first.line, times]);

it("folds what says the same again, also with other lines between", () => {
  const said = { kind: "message", gist: undefined, line: "person: sends a photo" } as const;
  expect(
    folded([job(0, "update"), job(1, "a", said), job(2, "update"), job(3, "photo"), job(4, "update")]),
  ).toStrictEqual([
    ["update, 0 ms", 3],
    ["person: sends a photo", 1],
    ["photo, 3 ms", 1],
  ]);
});

it("says it anew after a while without it", () => {
  expect(folded([job(0, "update"), job(14_000, "update"), job(28_000, "update"), job(43_001, "update")])).toStrictEqual(
    [
      ["update, 0 ms", 3],
      ["update, 43001 ms", 1],
    ],
  );
});

it("keeps trouble, what has no gist, and what is of another kind", () => {
  const rows = [
    job(0, "update"),
    job(1, "update", { trouble: true }),
    job(2, undefined),
    job(3, undefined),
    job(4, "update", { kind: "bot" }),
    job(5, "update", { kind: "trouble" }),
    job(6, "update", { kind: "trouble" }),
  ];
  expect(fold(rows).map(({ times }) => times)).toStrictEqual([1, 1, 1, 1, 1, 1, 1]);
});
