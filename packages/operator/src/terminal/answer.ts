import type { ActProblem } from "../acts.ts";
import { problemText, type Problem } from "../problem-text.ts";
import type { Block } from "./block.ts";

/**
 * 0: done, or all is well · 1: somebody is needed, or it could not be done · 2: called wrongly · 3: the database, the
 * provider or another part of the deployment does not answer.
 */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command answers: for people as blocks, for programs as JSON. */
export type Answer =
  | { readonly type: "answer"; readonly blocks: readonly Block[]; readonly json: unknown; readonly exitCode: ExitCode }
  | { readonly type: "problem"; readonly problem: string; readonly says: string; readonly exitCode: ExitCode };

export const answer = (blocks: readonly Block[], json: unknown, exitCode: ExitCode = 0): Answer => ({
  type: "answer",
  blocks,
  json,
  exitCode,
});

export const wrongly = (says: string): Answer => ({ type: "problem", problem: "usage", says, exitCode: 2 });

export const notOpened = (says: string): Answer => ({ type: "problem", problem: "not-opened", says, exitCode: 3 });

export const refused = ({ type: problem, says }: ActProblem): Answer => ({
  type: "problem",
  problem,
  says,
  exitCode: exitCodes[problem],
});

export const failed = (problem: Problem): Answer => refused({ type: problem.type, says: problemText(problem) });

/** How a program ends after an error: by whether the caller, the row or the deployment is at fault. */
const exitCodes = {
  "blob-failure": 3,
  "blob-not-found": 1,
  "credits-failure": 3,
  "illegal-transition": 1,
  "invalid-cursor": 2,
  "invalid-period": 2,
  "invalid-receipt-id": 2,
  "job-not-found": 1,
  "message-not-found": 1,
  "message-overtaken": 1,
  "no-late-result": 1,
  "no-outcome": 1,
  "nothing-sold": 1,
  "nothing-to-dismiss": 1,
  "operator-unavailable": 3,
  "order-erased": 1,
  "order-not-found": 1,
  "payment-not-found": 1,
  "photo-not-found": 1,
  "picture-not-found": 1,
  "provider-refused": 1,
  "provider-unavailable": 3,
  "storage-failure": 3,
  superseded: 1,
  "training-active": 1,
  "training-not-found": 1,
} as const satisfies Record<Problem["type"], ExitCode>;
