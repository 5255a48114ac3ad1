import { describe } from "vitest";
import { testClock } from "../../clock/test-clock.ts";
import { memoryCredits } from "../../fakes/memory-credits.ts";
import { describeOperating } from "../../scenarios/describe-operating.ts";
import type { CreateStorage } from "../../scenarios/stage.ts";
import { describeAlarming } from "../../scenarios/describe-alarming.ts";
import { describeAlarmRepository } from "./describe-alarm-repository.ts";
import { describeAudit } from "./describe-audit.ts";
import { describeFigures } from "./describe-figures.ts";
import { describeOperatorLedger, operatorPrice, type CreateOperatorLedger } from "./describe-operator-ledger.ts";
import { describeOrphanedHolds } from "./describe-orphaned-holds.ts";
import { describeWatchedRows } from "./describe-watched-rows.ts";
import type { CreateOperatorStore } from "./subject.ts";

export interface OperatorOptions {
  /** For a store that tells about a ledger in its own database: the same storage with that ledger. */
  readonly ledger?: CreateOperatorLedger | undefined;
}

/**
 * The contract of what operators ask of a `Store` (`store.operator`) and of its `JobQueue` (`queue.records`), and what
 * `likeness.operator` makes of it. `create` is called once in each test and returns an empty storage that uses the clock.
 *
 * @example
 * describeOperator("memory", async (clock) => memoryStore({ clock }));
 */
export function describeOperator(name: string, create: CreateStorage, { ledger }: OperatorOptions = {}): void {
  const createStore: CreateOperatorStore = async () => {
    const { store } = await create(testClock());
    if (!store.operator) throw new Error("the store has no part for operators");
    return { ...store, operator: store.operator };
  };
  const withCredits: CreateOperatorLedger = async (clock) => ({
    ...(await create(clock)),
    credits: memoryCredits({ prices: { training: operatorPrice } }),
  });
  describe(`Operator: ${name}`, () => {
    describeWatchedRows(createStore);
    describeFigures(createStore);
    describeAudit(createStore);
    describeAlarmRepository(createStore);
    describeAlarming(create);
    describeOperating(create);
    describeOrphanedHolds(ledger ?? withCredits);
    if (ledger) describeOperatorLedger(ledger);
  });
}
