export { acts } from "./acts.ts";
export type { Act, ActName, ActOutcome, ActSubject } from "./acts.ts";
export { age, duration } from "./age.ts";
export type { Cell } from "./cell.ts";
export { needTables } from "./need-tables.ts";
export type { Column, NeedTable } from "./need-tables.ts";
export { problemText } from "./problem-text.ts";
export type { Problem } from "./problem-text.ts";
export { sum } from "./sum.ts";
