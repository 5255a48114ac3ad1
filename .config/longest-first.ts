import { BaseSequencer, type TestSpecification } from "vitest/node";

/** How many seconds the files take that take long, by the beginning of their paths. */
const seconds: readonly (readonly [path: string, seconds: number])[] = [
  ["examples/studio/journey.test.ts", 150],
  ["examples/telegram-bot/storage/lost-jobs.test.ts", 105],
  ["packages/lab/src/published/created.test.ts", 95],
  ["packages/lab/src/reliability/soak.test.ts", 80],
  ["packages/lab/src/reliability/crash.test.ts", 70],
  ["examples/telegram-bot/journey/sigterm.test.ts", 55],
  ["examples/telegram-bot/journey/kill-", 50],
  ["examples/studio/trouble.test.ts", 55],
  ["packages/pg-boss/src/contract.test.ts", 55],
  ["packages/kysely/src/likeness.test.ts", 50],
  ["packages/kysely/src/postgres/likeness-", 45],
  ["examples/quickstart/on-the-wire/submit.test.ts", 40],
  ["examples/telegram-bot/journey/", 35],
  ["examples/studio/cluster.test.ts", 33],
  ["examples/quickstart/quickstart.test.ts", 32],
  ["packages/lab/src/reliability/", 25],
  ["packages/kysely/src/migrations/0004-table-prefix/", 20],
  ["packages/test-postgres/", 15],
  ["docs/", 15],
  ["packages/kysely/src/postgres/", 15],
  ["packages/pg-boss/", 12],
  ["examples/", 10],
  ["packages/grammy/src/texts/texts.test.ts", 8],
  ["packages/testing/src/scenarios/describe-likeness.test.ts", 8],
  ["packages/kysely/", 5],
  ["packages/lab/", 5],
  ["packages/sharp/", 3],
];

/**
 * Begins with the files that take longest, so that none of them runs alone at the end. The light ones, which share
 * workers, are last, because such a worker ends where a file of the others is the next one.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted(
      (left, right) => Number(isLight(left)) - Number(isLight(right)) || secondsOf(right) - secondsOf(left),
    );
  }
}

const isLight = ({ project }: TestSpecification): boolean => project.name === "light";

const secondsOf = ({ moduleId }: TestSpecification): number =>
  seconds.find(([path]) => moduleId.includes(`/${path}`))?.[1] ?? 0;
