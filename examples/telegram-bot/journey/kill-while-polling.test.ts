import { it } from "vitest";
import { killAtEachStep } from "./kill-at-each-step.ts";

it.each([
  { provider: "fal", delays: [0, 30, 5, 60, 15, 200, 10, 20] },
  { provider: "replicate", delays: [80, 5, 40, 0, 25, 20, 60, 400] },
] as const)(
  "the reference bot at $provider, killed after everything a person does, goes on polling, with kills after $delays ms",
  { timeout: 600_000 },
  ({ provider, delays }) => killAtEachStep({ mode: "polling", provider }, delays),
);
