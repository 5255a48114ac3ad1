import { err, type Result } from "neverthrow";
import type { MethodContext } from "../methods/method.ts";
import { methods } from "../methods/methods.ts";
import { remember } from "../state/remember.ts";
import type { BotCall, MethodResult, Payload, TelegramCall } from "./calls.ts";
import type { Faults, TelegramFaultAnswer } from "./faults.ts";
import { problemWithCall } from "./check-call.ts";
import { readPayload } from "./read-payload.ts";
import { refuse, tooMany, type Refusal } from "./refusal.ts";
import { showUploads } from "./show-uploads.ts";

export interface BotApi {
  /** `POST /bot<token>/<method>` and its variants. */
  fetch(name: string, request: Request): Promise<Response>;
  /** Runs a call in the answer to a webhook, whose outcome is not returned. */
  execute(name: string, fields: Payload["fields"]): Promise<void>;
  readonly calls: readonly TelegramCall[];
}

/** Telegram's spelling by the lower-case name, because method names are case-insensitive. */
const spelling = new Map(Object.keys(methods).map((name) => [name.toLowerCase(), name]));

/** Answers calls and records them; faults are applied first. */
export function botApi(context: MethodContext, faults: Faults): BotApi {
  const calls: TelegramCall[] = [];

  const run = async (name: string, payload: Payload, signal: AbortSignal): Promise<MethodResult> => {
    const method = spelling.get(name.toLowerCase()) ?? name;
    const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!answer) return refuse(404, "method not found");
    // Last, because what Telegram itself refuses is refused in its words.
    const answered = await answer(context, { ...payload, method, signal });
    const problem = answered.isOk() ? problemWithCall(method, payload) : undefined;
    return problem === undefined ? answered : refuse(400, `${method}: ${problem}`);
  };

  const wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const gone = AbortSignal.any([signal, context.timers.closing]);
      gone.addEventListener("abort", () => resolve());
      context.timers.after(milliseconds, resolve);
    });

  /** `"lost"`: the caller gets no answer. */
  const answerWith = async (
    fault: TelegramFaultAnswer | undefined,
    act: () => Promise<MethodResult>,
    signal: AbortSignal,
  ): Promise<MethodResult | "lost" | Response> => {
    if (fault === undefined) return act();
    if (fault === "drop") return "lost";
    if (fault === "apply-then-drop") {
      await act();
      return "lost";
    }
    if ("delayMs" in fault) {
      await wait(fault.delayMs, signal);
      return act();
    }
    if (fault.html) return htmlPage(fault.error_code);
    return err(refusalOf(fault));
  };

  const call = async (name: string, payload: Payload, signal: AbortSignal): Promise<Response> => {
    const chatId = chatIdOf(context, payload);
    const written: { -readonly [Field in keyof TelegramCall]: TelegramCall[Field] } = {
      method: name,
      payload: showUploads(payload),
      at: context.timers.now(),
      answer: "pending",
    };
    remember(calls, written);
    const outcome = await answerWith(faults.take(name, chatId), () => run(name, payload, signal), signal);
    const about = { type: "call", method: name, ...(chatId === undefined ? {} : { chatId }) } as const;
    if (outcome === "lost") {
      written.answer = "lost";
      context.events.emit({ ...about, answer: "lost" });
      return Response.error();
    }
    if (outcome instanceof Response) {
      written.answer = { ok: false, error_code: outcome.status };
      context.events.emit({ ...about, answer: { errorCode: outcome.status, description: "A page of a proxy" } });
      return outcome;
    }
    const { status, body } = toJson(outcome);
    written.answer = body;
    context.events.emit({
      ...about,
      answer: outcome.isOk() ? "ok" : { errorCode: outcome.error.error_code, description: outcome.error.description },
    });
    return Response.json(body, { status });
  };

  return {
    calls,
    fetch: async (name, request) => {
      const payload = await readPayload(request);
      if (payload.isErr()) return refused(payload.error);
      return call(name, payload.value, request.signal);
    },
    execute: async (name, fields) => {
      await call(name, { fields, uploads: new Map() }, context.timers.closing);
    },
  };
}

/** An error as Telegram words it. */
export const refused = (refusal: Refusal): Response => {
  const { status, body } = toJson(err(refusal));
  return Response.json(body, { status });
};

function toJson(result: Result<{ result: unknown; description?: string }, Refusal>): {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
} {
  return result.match(
    (success) => ({ status: 200, body: { ok: true, ...success } }),
    ({ error_code, description, parameters }) => ({
      status: error_code,
      body: { ok: false, error_code, description, ...(parameters ? { parameters } : {}) },
    }),
  );
}

const refusalOf = (fault: {
  readonly error_code: number;
  readonly description?: string;
  readonly retry_after?: number;
}): Refusal =>
  fault.error_code === 429
    ? tooMany(fault.retry_after ?? 1)
    : {
        type: "refusal",
        error_code: fault.error_code,
        description: fault.description ?? defaults[fault.error_code] ?? "Internal Server Error",
      };

const defaults: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden: bot was blocked by the user",
  409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
};

const htmlPage = (status: number): Response =>
  new Response(`<html><head><title>${status}</title></head><body><h1>${status}</h1><hr>nginx</body></html>`, {
    status,
    headers: { "content-type": "text/html" },
  });

/** The chat of a call: the one it names, or that of the press it answers. */
function chatIdOf({ state }: MethodContext, { fields }: Pick<BotCall, "fields">): number | undefined {
  const { chat_id: named, callback_query_id: pressed } = fields;
  return typeof named === "number" ? named : state.presses[String(pressed)]?.personId;
}
