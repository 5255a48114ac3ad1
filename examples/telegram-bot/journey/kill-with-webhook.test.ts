import { it } from "vitest";
import { killAtEachStep } from "./kill-at-each-step.ts";

it("the reference bot, killed after everything a person does, goes on with its webhook", { timeout: 600_000 }, () =>
  killAtEachStep({ mode: "webhook" }, [20, 60, 0, 10, 50, 90, 30, 150]),
);
