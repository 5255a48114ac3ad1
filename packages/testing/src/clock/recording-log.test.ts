import { expect, it } from "vitest";
import { recordingLog } from "./recording-log.ts";

it("keeps what was logged, at every level, in order", () => {
  const log = recordingLog();
  log.debug({ a: 1 }, "first");
  log.info({}, "second");
  log.warn({}, "third");
  log.error({ b: 2 }, "fourth");
  expect(log.entries).toStrictEqual([
    { level: "debug", fields: { a: 1 }, message: "first" },
    { level: "info", fields: {}, message: "second" },
    { level: "warn", fields: {}, message: "third" },
    { level: "error", fields: { b: 2 }, message: "fourth" },
  ]);
});
