import { expect, it } from "vitest";
import { runSoak } from "../crash/soak-run.ts";

const nothing = (): void => undefined;

it.concurrent.for([
  { engine: "sqlite", vendor: "fal" },
  { engine: "postgres", vendor: "fal" },
  { engine: "sqlite", vendor: "replicate" },
] as const)(
  "D5: replicas on $engine at $vendor survive random kills, and crashes of the server if there is one",
  { timeout: 400_000 },
  async ({ engine, vendor }, { expect: expected, signal }) => {
    const report = await runSoak({
      engine,
      vendor,
      seed: 5,
      seconds: 10,
      unknownDeadlineSeconds: 30,
      signal,
      tell: nothing,
    });
    expected(report.broken, report.written).toStrictEqual([]);
    expected(report).toMatchObject({
      doubleSubmits: 0,
      lostOutcomes: 0,
      lostMessages: 0,
      blockedShown: 0,
      wrongCredits: 0,
    });
    expect([report.trainings > 0, report.pictures > 0, report.kills > 0, report.restarts > 0]).toStrictEqual([
      true,
      true,
      true,
      engine === "postgres",
    ]);
  },
);
