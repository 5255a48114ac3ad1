import { createLikeness } from "@likeness/core";
import { testPorts, valueOf } from "@likeness/testing";
import { expect, it } from "vitest";
import type { OperatorPorts } from "./operator-ports.ts";
import { showOverview } from "./show-overview.ts";
import { english } from "./texts/english.ts";

it("marks a count that may be too small", async () => {
  const { ports } = testPorts();
  const { operator } = createLikeness(ports);
  const found = await valueOf(operator.inspect());
  const ages = { quarter: 0, hour: 10_000, day: 0, older: 0 };
  const job = { of: "job", kind: "example.work", status: "dead", ages, oldestAt: found.at, count: 10_000 } as const;
  const inspect: typeof operator.inspect = () =>
    operator.inspect().map(() => ({ ...found, counts: [job, { ...job, kind: "example.more", more: true as const }] }));
  const chat = { ...ports, commands: { ...operator, inspect } } as unknown as OperatorPorts;
  const { said } = await valueOf(showOverview(chat, { operator: "telegram:7", locale: "en", texts: english }));
  expect(said.text.split("\n").slice(-2)).toStrictEqual([
    "job example.work, dead: 10000, 0 sec",
    "job example.more, dead: 10000+, 0 sec",
  ]);
});
