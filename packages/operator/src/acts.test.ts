import { needNames } from "@likeness/core";
import { valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { troubled } from "./__fixtures__/troubled.ts";
import { acts } from "./acts.ts";
import { needTables } from "./need-tables.ts";

it("every list with something to do offers acts about what its rows are", async () => {
  const { likeness } = await troubled();
  const { needs } = await valueOf(likeness.operator.inspect());
  const filled = needNames.filter((need) => needs[need].items.length > 0);
  expect(filled).toStrictEqual(["unknown", "late", "uncopied", "deliveries", "messages"]);
  for (const need of filled) {
    const table = needTables[need];
    const [row] = needs[need].items;
    const subject = table.subjectOf(row as never);
    for (const name of table.acts) expect(acts[name].subjects).toContain(subject.type);
  }
});

it("an act leaves an entry with the operator's name, and says what came of it", async () => {
  const { likeness, message } = await troubled();
  const subject = { type: "message", id: message } as const;
  const perform = () => acts["send-again"].perform(likeness.operator, "olga", subject);
  expect(await valueOf(perform())).toStrictEqual({ type: "queued", says: "The bot sends it now." });
  expect(await valueOf(perform())).toStrictEqual({ type: "waits", says: "It is being sent already." });
  const { items } = await valueOf(likeness.operator.actions());
  expect(items.map(({ operator, action, outcome }) => [operator, action, outcome])).toStrictEqual([
    ["olga", "send-again", "waits"],
    ["olga", "send-again", "queued"],
  ]);
});

it("what cannot be done is said in a sentence", async () => {
  const { likeness } = await troubled();
  const nothing = await acts.adopt.perform(likeness.operator, "olga", { type: "order", id: "nothing" });
  expect(nothing._unsafeUnwrapErr()).toStrictEqual({
    type: "training-not-found",
    says: "There is no such training. It may have been erased with its avatar.",
  });
});
