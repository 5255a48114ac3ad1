import { cleanText } from "@likeness/core";
import type { Api } from "grammy";
import { ResultAsync } from "neverthrow";
import { redact, type TelegramProblem } from "./telegram-problem.ts";

/** Calls the Bot API and turns what grammY throws, synchronously or not, into an `Err`. */
export const attempt = <T>(call: () => Promise<T>): ResultAsync<T, TelegramProblem> =>
  ResultAsync.fromPromise((async () => call())(), classifyProblem);

/**
 * Classifies what grammY throws, by the fields of the error and not by `instanceof`, because the host's grammY may be
 * another copy of the library. Codes and texts: https://core.telegram.org/bots/api#making-requests and
 * https://github.com/tdlib/telegram-bot-api (Client.cpp).
 */
export function classifyProblem(thrown: unknown): TelegramProblem {
  const answer = answerOf(thrown);
  if (!answer)
    return { type: "telegram-failure", detail: plain(thrown instanceof Error ? thrown.message : String(thrown)) };
  const { code, description, retryAfterSeconds } = answer;
  const detail = plain(`${code} ${description}`);
  if (code === 429) return { type: "rate-limited", retryAfterSeconds: Math.max(1, retryAfterSeconds ?? 1) };
  if (code === 403 || isUnknownChat(description)) return { type: "unreachable" };
  // 401, 404 and 409 concern the bot's token and its other pollers, 5xx the server: none says anything about this call.
  return { type: aboutThisCall.includes(code) ? "refused" : "telegram-failure", detail };
}

/** 413: what was to be sent is too large. */
const aboutThisCall: readonly number[] = [400, 413];

/** Removes tokens, and makes the text safe for logs and stores. */
const plain = (text: string): string => cleanText(redact(text));

const isUnknownChat = (description: string): boolean =>
  /chat not found|user is deactivated|bot was blocked|can't initiate conversation/i.test(description);

interface Answer {
  readonly code: number;
  readonly description: string;
  readonly retryAfterSeconds?: number | undefined;
}

function answerOf(thrown: unknown): Answer | undefined {
  if (typeof thrown !== "object" || thrown === null || !("error_code" in thrown)) return undefined;
  const { error_code: code } = thrown;
  if (typeof code !== "number") return undefined;
  const description = "description" in thrown && typeof thrown.description === "string" ? thrown.description : "";
  const retryAfterSeconds = "parameters" in thrown ? retryAfterOf(thrown.parameters) : undefined;
  return { code, description, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}

function retryAfterOf(parameters: unknown): number | undefined {
  if (typeof parameters !== "object" || parameters === null || !("retry_after" in parameters)) return undefined;
  return typeof parameters.retry_after === "number" ? parameters.retry_after : undefined;
}

type GrammySignal = NonNullable<Parameters<Api["getMe"]>[0]>;

/** grammY's types require signals of the `abort-controller` package, but the platform's own work too. */
export const grammySignal = (signal: AbortSignal): GrammySignal => signal as unknown as GrammySignal;
