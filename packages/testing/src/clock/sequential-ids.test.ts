import { expect, it } from "vitest";
import { sequentialIds } from "./sequential-ids.ts";

it("counts up ids of the shape of UUIDv7", () => {
  const ids = sequentialIds();
  const made = Array.from({ length: 300 }, () => ids.next());
  expect(made[0]).toBe("00000000-0000-7000-8000-000000000001");
  expect(made.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect(new Set(made).size).toBe(300);
  expect(made.toSorted()).toStrictEqual(made);
});

it("starts wherever it is told to", () => {
  expect(sequentialIds(255).next()).toBe("00000000-0000-7000-8000-0000000000ff");
});
