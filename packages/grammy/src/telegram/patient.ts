import type { Transformer } from "grammy";
import { noteWait, waitLeft, type CallKind, type WaitPorts } from "./flood-waits.ts";

/**
 * Makes no call in a chat while Telegram asks to wait there, even if another process was told so: it answers the call
 * with Telegram's error without sending it. If the store fails, the call is sent.
 * https://core.telegram.org/bots/api#responseparameters
 */
export const patient =
  (ports: WaitPorts): Transformer =>
  async (call, method, payload, signal) => {
    const kind = kindOf(method);
    const chatId = "chat_id" in payload ? Number(payload.chat_id) : Number.NaN;
    if (!kind || !Number.isSafeInteger(chatId)) return call(method, payload, signal);
    const left = Math.ceil(await waitLeft(ports, chatId, kind).unwrapOr(0));
    if (left > 0) return tooMany(left);
    const answer = await call(method, payload, signal);
    // If the wait cannot be stored, only this call waits.
    if (!answer.ok && answer.error_code === 429)
      await noteWait(ports, chatId, kind, Math.max(1, answer.parameters?.retry_after ?? 1));
    return answer;
  };

const kinds = [
  [/^send|^copy|^forward/, "send"],
  [/^edit/, "edit"],
  [/^delete/, "delete"],
] as const satisfies readonly (readonly [RegExp, CallKind])[];

const kindOf = (method: string): CallKind | undefined => kinds.find(([pattern]) => pattern.test(method))?.[1];

const tooMany = (seconds: number) => ({
  ok: false as const,
  error_code: 429,
  description: `Too Many Requests: retry after ${seconds}`,
  parameters: { retry_after: seconds },
});
