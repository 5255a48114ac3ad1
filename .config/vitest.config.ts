import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { countingReporter } from "./counting-reporter.ts";
import { LongestFirst } from "./longest-first.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where Node keeps what it compiled, so that the programs which tests start do not compile it again. */
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("../node_modules/.cache/compile", import.meta.url));

/** One run for all packages: a package's own tests see its sources, everybody else's see what it ships (dist). */
export default defineConfig({
  root,
  test: {
    include: ["packages/*/src/**/*.test.ts", "examples/**/*.test.ts", "docs/**/*.test.ts"],
    globalSetup: ["packages/test-postgres/src/global-setup.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ["default", countingReporter()],
  },
});
