import { expect, it } from "vitest";
import { activityFromBotLog } from "./from-bot-log.ts";

const time = "2026-11-23T10:00:00.000Z";
const at = Date.parse(time);
const json = (fields: object): string => JSON.stringify({ time, ...fields });

it("knows a change of state by its words", () => {
  expect(activityFromBotLog(json({ level: "info", msg: "training -> submitted", trainingId: "t" }))).toStrictEqual({
    at,
    kind: "state",
    line: "training -> submitted",
    trouble: false,
    details: '{\n  "trainingId": "t"\n}',
  });
});

it("puts the reason into the line", () => {
  const added = activityFromBotLog(
    json({ level: "info", msg: "photo rejected", photoId: "p", number: 6, code: "too-dark" }),
  );
  expect(added.line).toBe("photo rejected · 6 · too-dark");
  const blocked = json({ level: "info", msg: "image -> succeeded", orderId: "o", blocked: "flagged" });
  expect(activityFromBotLog(blocked)).toMatchObject({ kind: "state", line: "image -> succeeded · flagged" });
});

it("knows a job by its fields", () => {
  const fields = { kind: "inspect-photo", key: "p", attempt: 1, outcome: "done", milliseconds: 12 };
  expect(activityFromBotLog(json({ level: 20, msg: "a job was run", ...fields }))).toStrictEqual({
    at,
    kind: "job",
    line: "inspect-photo: done, 12 ms",
    gist: "inspect-photo: done",
    trouble: false,
    details: JSON.stringify(fields, undefined, 2),
  });
});

it("says which request was answered", () => {
  const fields = { reqId: "req-1", method: "GET", route: "/ready", statusCode: 200, milliseconds: 4 };
  const added = activityFromBotLog(json({ level: "debug", msg: "a request was answered", ...fields }));
  expect(added).toMatchObject({ kind: "bot", line: "answers GET /ready with 200" });
});

it.each([
  ["warn", true],
  ["error", true],
  ["info", false],
  [50, true],
  [30, false],
])("takes level %s for trouble: %s", (level, trouble) => {
  const added = activityFromBotLog(JSON.stringify({ level, time: at, msg: "keys are out of reach" }));
  expect(added).toStrictEqual({ at, kind: "bot", line: "keys are out of reach", trouble, details: undefined });
});

it.each(["", "Error: out of memory", "[1]", "null", '"text"'])(
  "shows %j as it is, if it is no line of a log",
  (line) => {
    expect(activityFromBotLog(line)).toMatchObject({ kind: "bot", line, trouble: false });
  },
);
