import { createLikeness, needNames } from "@likeness/core";
import { aTraining, operatedOrders, storeWithAvatar, testPorts, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import { troubled } from "./__fixtures__/troubled.ts";
import { acts } from "./acts.ts";
import { needTables } from "./need-tables.ts";
import { browse } from "./page/__fixtures__/browse.ts";
import { operatorPage } from "./page/operator-page.ts";
import { problemText } from "./problem-text.ts";
import { operatorCommand } from "./terminal/operator-command.ts";

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

it.each(operatedOrders())("page and terminal offer for $name what its story tells, and nothing else", async (given) => {
  const { ports } = testPorts();
  const { operator } = createLikeness(ports);
  const { id } = await storeWithAvatar(ports.store, given.order);
  const story = await valueOf(operator.order({ orderId: id }));
  const { body } = await browse(operatorPage({ operator, access: () => "olga" })).get(`orders/${id}`);
  const { output } = await operatorCommand({ operator, arguments: ["order", id], name: "olga" });
  const links = body.matchAll(/href="\.\.\/do\/([\w-]+)\?type=order/g);
  const lines = output.matchAll(/^ {2}operator ([\w-]+) (?:order )?[\w-]{36}$/gm);
  expect({ page: names(links), terminal: names(lines) }).toStrictEqual({ page: story.acts, terminal: story.acts });
});

it.each([
  [
    402,
    "Top up your balance.",
    "The provider refused (402): Top up your balance. Look at the key and the balance there.",
  ],
  [422, "no such field", "The provider refused (422): no such field"],
  [0, "it is not used any more", "The provider refused: it is not used any more"],
])(
  "what a provider says with %i is told with one stop, and with its status if there was an answer",
  (status, detail, says) => {
    expect(problemText({ type: "provider-refused", status, detail })).toBe(says);
  },
);

const names = (found: Iterable<RegExpMatchArray>) => [...found].map(([, name]) => name);

it("page and terminal tell that the provider refused to say how an order is, and what to do", async () => {
  const { ports, provider } = testPorts();
  const { operator } = createLikeness(ports);
  const { id } = await storeWithAvatar(ports.store, aTraining("submitted"));
  const says = "The provider refused (402): no balance. Look at the key and the balance there.";
  const refuse = () => provider.failNext("look", { type: "provider-refused", status: 402, detail: "no balance" });
  refuse();
  const { errors, exitCode } = await operatorCommand({ operator, arguments: ["look", id], name: "olga" });
  expect([errors, exitCode]).toStrictEqual([`${says}\n`, 1]);
  refuse();
  const page = browse(operatorPage({ operator, access: () => "olga" }));
  const { body } = await page.does("do/look", { type: "order", id });
  expect(body).toMatch(/class="notice bad"/);
  expect(body).toContain(says);
  provider.failNext("look", { type: "provider-unavailable", detail: "503" });
  expect((await operatorCommand({ operator, arguments: ["look", id], name: "olga" })).exitCode).toBe(3);
  const { items } = await valueOf(operator.actions());
  expect(items.map(({ outcome }) => outcome)).toStrictEqual([
    "provider-unavailable",
    "provider-refused",
    "provider-refused",
  ]);
});
