import type { CheckUp, Finding } from "@likeness/core";

/** One line for each finding, and one that sums up. */
export function sayFindings({ broken, findings }: CheckUp): readonly string[] {
  const width = Math.max(0, ...findings.map(({ check }) => check.length));
  const warnings = findings.filter(({ verdict }) => verdict === "warning").length;
  return [...findings.map((finding) => lineOf(finding, width)), "", summary(broken, warnings)];
}

const longestVerdict = "warning".length;

function lineOf({ verdict, check, what, whatToDo }: Finding, width: number): string {
  const line = `${verdict.padEnd(longestVerdict)}  ${check.padEnd(width)}  ${what}`;
  return whatToDo === undefined ? line : `${line} → ${whatToDo}`;
}

function summary(broken: boolean, warnings: number): string {
  if (broken) return "Something is broken.";
  return warnings > 0 ? `It works, with ${warnings === 1 ? "a warning" : `${warnings} warnings`}.` : "All is well.";
}
