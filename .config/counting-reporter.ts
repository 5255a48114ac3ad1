import type { Reporter, TestModule } from "vitest/node";

const slowestShown = 20;

/** Ends a run with its slowest files, and with one line that counts the tests, for people and for CI. */
export const countingReporter = (): Reporter => ({
  onTestRunEnd(modules, unhandledErrors) {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: (typeof states)[number]) => states.filter((candidate) => candidate === state).length;
    const failed = count("failed") + modules.flatMap(errorsOutsideTests).length + unhandledErrors.length;
    const skipped = count("skipped") + count("pending");
    const line = `${count("passed")} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    const slowest = modules.length > slowestShown ? `\nThe slowest files, in seconds:\n${slowestOf(modules)}\n` : "";
    // The default reporter writes its summary in the same hook: let it finish, so that this line stays the last.
    process.once("exit", () => process.stdout.write(`${slowest}\n${line}\n`));
  },
});

const slowestOf = (modules: readonly TestModule[]): string =>
  modules
    .map((module) => ({ seconds: module.diagnostic().duration / 1_000, file: module.relativeModuleId }))
    .toSorted((left, right) => right.seconds - left.seconds)
    .slice(0, slowestShown)
    .map(({ seconds, file }) => `${seconds.toFixed(1).padStart(7)}  ${file}`)
    .join("\n");

/** A file that does not load and a hook that throws fail no test, but they fail. */
const errorsOutsideTests = (module: TestModule) => [
  ...module.errors(),
  ...[...module.children.allSuites()].flatMap((suite) => suite.errors()),
];
