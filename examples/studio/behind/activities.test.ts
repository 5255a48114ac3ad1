import { expect, it } from "vitest";
import { activities } from "./activities.ts";

it("numbers what happens and keeps the last 500", () => {
  const behind = activities();
  for (let count = 1; count <= 501; count++) behind.add({ at: count, kind: "fal", line: `${count}`, trouble: false });
  expect(behind.all()).toHaveLength(500);
  expect(behind.all()[0]).toStrictEqual({ id: 2, at: 2, kind: "fal", line: "2", trouble: false });
  expect(behind.all().at(-1)).toStrictEqual({ id: 501, at: 501, kind: "fal", line: "501", trouble: false });
});
