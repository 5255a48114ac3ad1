import { recordingLog, testClock } from "@likeness/testing";
import { PgBoss } from "pg-boss";
import { expect, it } from "vitest";
import { reportErrors } from "./report-errors.ts";

it("hears every error of pg-boss and tells one a minute", async () => {
  const [clock, log] = [testClock(), recordingLog()];
  const boss = new PgBoss("postgres://nowhere");
  expect(() => boss.emit("error", new Error("unheard"))).toThrow("unheard");
  reportErrors(boss, { clock, log });
  for (const message of ["first", "second"]) boss.emit("error", new Error(message));
  await clock.advance(60);
  boss.emit("error", new Error("third"));
  expect(log.entries).toStrictEqual(
    ["first", "third"].map((error) => ({ level: "warn", fields: { error }, message: "pg-boss had an error" })),
  );
});
