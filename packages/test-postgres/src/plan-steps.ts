/** A step of a plan; the numbers are only of one that was run. https://www.postgresql.org/docs/current/sql-explain.html */
export interface PlanStep {
  readonly "Node Type": string;
  readonly "Index Cond"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanStep[];
}

/** All steps of what `explain (format json)` answers. */
export const planSteps = ([explained]: readonly { readonly "QUERY PLAN": readonly Explained[] }[]): PlanStep[] =>
  (explained?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => stepsOf(Plan));

export interface Explained {
  readonly Plan: PlanStep;
}

const stepsOf = (step: PlanStep): PlanStep[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];
