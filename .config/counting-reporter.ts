import type { Reporter, TestCase } from "vitest/node";

/** Ends the run with one line that counts the tests, for people and for CI. */
export function countingReporter(): Reporter {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  return {
    onTestCaseResult(test: TestCase) {
      const { state } = test.result();
      if (state !== "pending") counts[state]++;
    },
    onTestRunEnd(modules, unhandledErrors) {
      const broken = modules.flatMap((module) => module.errors()).length + unhandledErrors.length;
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
      // The default reporter writes its summary in the same hook: let it finish, so that this line stays the last.
      process.once("exit", () => process.stdout.write(`\n${counts.passed} passed, ${counts.failed + broken} failed${skipped}\n`));
    },
  };
}
