import { describe, expect, it } from "vitest";
import { interruptionOf } from "./interruption.ts";

const failure = (fields: object, message = "no") => Object.assign(new Error(message), fields);

describe("interruptionOf", () => {
  it.each([
    ["a serialization failure", failure({ code: "40001" }), "undone"],
    ["a deadlock", failure({ code: "40P01" }), "undone"],
    ["a server that is starting", failure({ code: "57P03" }), "undone"],
    ["a server that is not there", failure({ code: "ECONNREFUSED", syscall: "connect" }), "undone"],
    ["a socket that is not there", failure({ code: "ENOENT", syscall: "connect" }), "undone"],
    ["a connection that could not be made", failure({ code: "08001" }), "undone"],
    [
      "a statement that could not be sent",
      failure({}, "Client has encountered a connection error and is not queryable"),
      "undone",
    ],
    ["a plan from before a column was added", failure({ code: "0A000", routine: "RevalidateCachedQuery" }), "undone"],
    ["what the server cannot do", failure({ code: "0A000" }), undefined],
    ["a shutdown", failure({ code: "57P01" }), "lost"],
    ["a crash", failure({ code: "57P02" }), "lost"],
    ["a broken connection", failure({ code: "08006" }), "lost"],
    ["a reset connection", failure({ code: "ECONNRESET", syscall: "read" }), "lost"],
    ["a connection that ended", failure({}, "Connection terminated unexpectedly"), "lost"],
    ["a broken rule", failure({ code: "23505" }), undefined],
    ["a lock that did not come", failure({ code: "55P03" }), undefined],
    ["a full disk", failure({ code: "53100" }), undefined],
    ["SQLite's answers", failure({ code: "SQLITE_BUSY" }), undefined],
    ["a mistake", new Error("a mistake"), undefined],
    ["what is no error", { code: "40001" }, undefined],
  ])("says what %s left", (_, cause, left) => {
    expect(interruptionOf(cause)).toBe(left);
  });
});
