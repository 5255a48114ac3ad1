import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { bundlePackages } from "../packages/test-processes/src/bundled-packages.ts";
import { bundlePrograms } from "../packages/test-processes/src/bundled-programs.ts";
import { folderInMemory } from "../packages/test-processes/src/folder-in-memory.ts";
import { countingReporter } from "./counting-reporter.ts";
import { LongestFirst } from "./longest-first.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where Node keeps what it compiled, so that the programs which tests start do not compile it again. */
process.env["NODE_COMPILE_CACHE"] ??= fileURLToPath(new URL("../node_modules/.cache/compile", import.meta.url));

/** Where tests and their programs put temporary files. */
process.env["TMPDIR"] ??= folderInMemory() ?? tmpdir();

/** Loaded by the workers and by the programs which tests start. */
const bundledPackages = (process.env["BUNDLED_PACKAGES"] ??= bundlePackages());

/** Programs that tests start some hundred times in all. */
const programs = [
  "examples/telegram-bot/main.ts",
  "examples/studio/studio.ts",
  "packages/lab/src/crash/host/host-program.ts",
];
process.env["BUNDLED_PROGRAMS"] ??= await bundlePrograms(programs.map((path) => join(root, path)));

/** Packages whose tests open nothing that outlives a test, such as a database that a file creates once. */
const lightPackages = [
  "blobs",
  "core",
  "create-likeness",
  "fake-server",
  "fal",
  "fastify",
  "grammy",
  "operator",
  "otel",
  "replicate",
  "sharp",
  "testing",
];

/** The same of examples and documents. */
const lightPlaces = [
  "docs/{deployment,docs,error-lines,errors,lifecycle,operator,readme,reliability,two-ways}",
  "examples/studio/{behind,chat,keep,page,samples,server,trouble}/*",
  "examples/telegram-bot/{account,fakes-fit,open-provider,open-shop,readiness,receipt}",
  "examples/telegram-bot/{log,settings,telegram}/*",
  "examples/telegram-bot/backup/{in-a-bucket,live-data-in}",
  "examples/telegram-bot/doctor/node-network",
  "examples/telegram-bot/http/open-server",
  "examples/telegram-bot/operator/commands",
  "examples/telegram-bot/storage/open-sqlite",
  "packages/test-processes/src/proxy",
];

const lightTests = [...lightPackages.map((name) => `packages/${name}/src/**/*`), ...lightPlaces].map(
  (place) => `${place}.test.ts`,
);

/** One run for all packages: a package's own tests see its sources, those of other packages what it ships (dist). */
export default defineConfig({
  root,
  test: {
    globalSetup: ["packages/test-postgres/src/global-setup.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "heavy",
          include: ["packages/*/src/**/*.test.ts", "examples/**/*.test.ts", "docs/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", ...lightTests],
        },
      },
      {
        extends: true,
        // The files of a worker share what they import: loading it anew for each took a third of these tests' time.
        test: { name: "light", include: lightTests, isolate: false },
      },
    ],
    pool: "forks",
    execArgv: ["--import", bundledPackages],
    unstubEnvs: true,
    restoreMocks: true,
    // Five more than processors, because many tests wait for programs that they have started.
    maxWorkers: availableParallelism() + 5,
    sequence: { sequencer: LongestFirst },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ["default", countingReporter()],
  },
});
