import { it } from "vitest";
import { killAtEachStep } from "./kill-at-each-step.ts";

it.each([{ delays: [0, 30, 5, 60, 15, 200, 10, 20] }, { delays: [80, 5, 40, 0, 25, 20, 60, 400] }])(
  "the reference bot, killed after everything a person does, goes on polling, with kills after $delays ms",
  { timeout: 600_000 },
  ({ delays }) => killAtEachStep("polling", delays),
);
