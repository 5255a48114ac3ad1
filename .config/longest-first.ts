import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long, because they wait or run a whole suite on a database. */
const long = [
  "examples/telegram-bot/journey/kill-",
  "packages/kysely/src/postgres/likeness-",
  "packages/kysely/src/likeness.test.ts",
  "packages/lab/src/reliability/soak.test.ts",
  "packages/lab/src/reliability/crash.test.ts",
  "examples/telegram-bot/journey/",
  "examples/studio/journey.test.ts",
  "packages/pg-boss/src/contract.test.ts",
  "packages/lab/src/reliability/",
  "examples/",
  "packages/kysely/",
  "packages/pg-boss/",
  "packages/sharp/",
];

/** Begins with the files that take long, so that none of them runs alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((left, right) => placeOf(left) - placeOf(right));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = long.findIndex((path) => moduleId.includes(`/${path}`));
  return place === -1 ? long.length : place;
}
