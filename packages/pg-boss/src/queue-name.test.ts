import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deadLetters, kindOf, queueName } from "./queue-name.ts";

describe("the queue of a kind", () => {
  it.each([
    ["order.submit", "likeness/order.submit"],
    ["webhook.process:telegram", "likeness/webhook.process/telegram"],
    ["my-kind/2", "likeness/my-2d-kind-2f-2"],
    ["вид 🎭", "likeness/-432--438--434--20--1f3ad-"],
  ])("of %s is %s", (kind, name) => {
    expect(queueName(kind)).toBe(name);
    expect(kindOf(name)).toBe(kind);
  });

  it("has a name that pg-boss allows, that no two kinds share, and that tells the kind", () => {
    const characters = fc.constantFrom("a", "2", "d", "f", "-", "/", ":", ".", "_", "é", "🎭");
    const kinds = fc.string({ unit: characters, minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(kinds, kinds, (left, right) => {
        expect(queueName(left)).toMatch(/^[\w.\-/]+$/);
        expect(queueName(left) === queueName(right)).toBe(left === right);
        expect(kindOf(queueName(left))).toBe(left);
        expect(queueName(left)).not.toBe(deadLetters);
      }),
    );
  });
});
