import { err, type Err } from "neverthrow";

/** Why a call failed; the HTTP status is the error code. */
export interface Refusal {
  readonly type: "refusal";
  readonly error_code: number;
  readonly description: string;
  readonly parameters?: { readonly retry_after: number };
}

const names = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
} as const satisfies Record<number, string>;

/** @example refuse(400, "chat not found") // Bad Request: chat not found */
export const refuse = (code: keyof typeof names, why?: string): Err<never, Refusal> =>
  err({ type: "refusal", error_code: code, description: why === undefined ? names[code] : `${names[code]}: ${why}` });

/** "Too many requests", with when to come back. */
export const tooMany = (seconds: number): Refusal => ({
  type: "refusal",
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
});
