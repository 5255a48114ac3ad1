import { orThrow, type Likeness, type Log } from "@likeness/core";

/**
 * Looks once, cheaply, whether everything around this process is as it has to be, and logs a warning for each finding.
 * `npm run doctor` looks at more.
 */
export async function logFindings(
  { operator }: Pick<Likeness, "operator">,
  { log, ending }: { readonly log: Log; readonly ending: AbortSignal },
): Promise<void> {
  const { findings } = await orThrow(operator.check({ cheap: true }));
  // What is being closed does not answer.
  if (ending.aborted) return;
  for (const { check, verdict, what, whatToDo } of findings)
    if (verdict === "warning" || verdict === "broken")
      log.warn({ check, verdict, what, whatToDo }, "something is wrong");
  log.info({ checks: findings.length }, "looked around: npm run doctor looks at more");
}
