import type { AlarmCause, AlarmFacts } from "@likeness/core";

/** What operators are told about each cause, in a language. */
export type AlarmTexts = { readonly [Cause in AlarmCause]: (facts: AlarmFacts[Cause]) => string } & {
  /** That the cause is gone. */
  over(text: string): string;
};
