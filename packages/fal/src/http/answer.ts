import type { Timestamp } from "@likeness/core";
import { answerDetail } from "./answer-detail.ts";
import type { FalAnswer } from "./failure.ts";
import { retryAfter } from "./retry-after.ts";

/** Reads the error answer of a buffered response. If it repeats our key, that is removed. */
export async function readAnswer(response: Response, secret: string, now: Timestamp): Promise<FalAnswer> {
  const { status, headers } = response;
  const body = parsed(await response.text(), secret);
  const wait = retryAfter(headers.get("retry-after"), now);
  return {
    type: "answer",
    status,
    detail: answerDetail(body) ?? `status ${status}`,
    ...(wait === undefined ? {} : { retryAfterSeconds: wait }),
    ...(body === undefined ? {} : { body }),
  };
}

function parsed(text: string, secret: string): unknown {
  // Removed from the parsed strings, because JSON can escape the same text in several ways.
  const withoutSecret = (_name: string, value: unknown): unknown =>
    typeof value === "string"
      ? value.replaceAll(secret, "(secret)").replaceAll(encodeURIComponent(secret), "(secret)")
      : value;
  try {
    return JSON.parse(text, withoutSecret);
  } catch {
    return undefined;
  }
}
