import { describe } from "vitest";
import { testClock } from "../../clock/test-clock.ts";
import { describeOperating } from "../../scenarios/describe-operating.ts";
import type { CreateStorage } from "../../scenarios/stage.ts";
import { describeAudit } from "./describe-audit.ts";
import { describeFigures } from "./describe-figures.ts";
import { describeWatchedRows } from "./describe-watched-rows.ts";
import type { CreateOperatorStore } from "./subject.ts";

/**
 * The contract of what operators ask of a `Store` (`store.operator`) and of its `JobQueue` (`queue.records`), and what
 * `likeness.operator` makes of it. `create` is called once in each test and returns an empty storage that uses the clock.
 *
 * @example
 * describeOperator("memory", async (clock) => memoryStore({ clock }));
 */
export function describeOperator(name: string, create: CreateStorage): void {
  const createStore: CreateOperatorStore = async () => {
    const { store } = await create(testClock());
    if (!store.operator) throw new Error("the store has no part for operators");
    return { ...store, operator: store.operator };
  };
  describe(`Operator: ${name}`, () => {
    describeWatchedRows(createStore);
    describeFigures(createStore);
    describeAudit(createStore);
    describeOperating(create);
  });
}
