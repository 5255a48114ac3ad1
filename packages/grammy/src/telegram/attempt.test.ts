import { GrammyError, HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { classifyProblem } from "./attempt.ts";

const answered = (error_code: number, description: string, retry_after?: number) =>
  new GrammyError(
    "Call to 'sendMessage' failed!",
    { ok: false, error_code, description, ...(retry_after !== undefined && { parameters: { retry_after } }) },
    "sendMessage",
    {},
  );

describe("what Telegram answers", () => {
  it.each([
    [429, "Too Many Requests: retry after 7", 7, { type: "rate-limited", retryAfterSeconds: 7 }],
    [429, "Too Many Requests", undefined, { type: "rate-limited", retryAfterSeconds: 1 }],
    [403, "Forbidden: bot was blocked by the user", undefined, { type: "unreachable" }],
    [403, "Forbidden: bot can't initiate conversation with a user", undefined, { type: "unreachable" }],
    [400, "Bad Request: chat not found", undefined, { type: "unreachable" }],
    [
      400,
      "Bad Request: message is too long",
      undefined,
      { type: "refused", detail: "400 Bad Request: message is too long" },
    ],
    [401, "Unauthorized", undefined, { type: "telegram-failure", detail: "401 Unauthorized" }],
    [409, "Conflict", undefined, { type: "telegram-failure", detail: "409 Conflict" }],
    [502, "Bad Gateway", undefined, { type: "telegram-failure", detail: "502 Bad Gateway" }],
  ])("%i %s", (code, description, retryAfter, problem) => {
    expect(classifyProblem(answered(code, description, retryAfter))).toStrictEqual(problem);
  });

  it("is told by its fields, so that another copy of grammY counts as well", () => {
    const foreign = { error_code: 429, description: "Too Many Requests", parameters: { retry_after: 3 } };
    expect(classifyProblem(foreign)).toStrictEqual({ type: "rate-limited", retryAfterSeconds: 3 });
  });

  it("is a failure when nothing came, and never tells the token", () => {
    const reason = new Error("request to https://api.telegram.org/bot42:AAE-secret_x/getMe failed");
    const problem = classifyProblem(new HttpError(`Network request failed: ${reason.message}`, reason));
    expect(problem).toMatchObject({ type: "telegram-failure" });
    expect(JSON.stringify(problem)).not.toContain("AAE-secret_x");
  });
});
