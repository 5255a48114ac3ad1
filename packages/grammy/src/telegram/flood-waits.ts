import {
  addSeconds,
  secondsBetween,
  type Clock,
  type JsonObject,
  type SessionRepository,
  type StorageFailure,
  type Timestamp,
} from "@likeness/core";
import type { Transformer } from "grammy";
import { errAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../chat/actor.ts";

/**
 * Makes no call in a chat while Telegram asks to wait there, even if another process was told so: it answers the call
 * with Telegram's error without sending it. If the store fails, the call is sent.
 * https://core.telegram.org/bots/api#responseparameters
 */
export const floodWaits =
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

/** Telegram limits these separately: after too many edits, a new message can still be sent. */
type CallKind = "send" | "edit" | "delete";

/** The kinds of calls that wait after a call of a kind was refused. While no message can be sent, nothing else can. */
const affected = {
  send: ["send", "edit", "delete"],
  edit: ["edit"],
  delete: ["delete"],
} as const satisfies Record<CallKind, readonly CallKind[]>;

/** How often storing a wait is repeated after a version conflict. */
const attempts = 20;

const keyOf = (chatId: number): string => `telegram:waits:${chatId}`;

export interface WaitPorts {
  readonly sessions: SessionRepository;
  readonly clock: Clock;
}

/** How many seconds no call of a kind may be made in a chat, as any process of this bot has learned. */
const waitLeft = (
  { sessions, clock }: WaitPorts,
  chatId: number,
  kind: CallKind,
): ResultAsync<number, StorageFailure> =>
  sessions.find(keyOf(chatId)).map((session) => {
    const until = readWaits(session?.value)[kind];
    return until === undefined ? 0 : Math.max(0, secondsBetween(clock.now(), until));
  });

/** Stores that Telegram asked to wait after a call of a kind. A longer wait that is stored already stays. */
function noteWait(
  { sessions, clock }: WaitPorts,
  chatId: number,
  kind: CallKind,
  seconds: number,
  left = attempts,
): ResultAsync<void, StorageFailure> {
  const key = keyOf(chatId);
  const until = addSeconds(clock.now(), seconds);
  return sessions.find(key).andThen((session) => {
    const known = readWaits(session?.value);
    const value: Waits = {
      ...known,
      ...Object.fromEntries(affected[kind].map((each) => [each, later(known[each], until)])),
    };
    return sessions
      .save({ key, ownerId: actorOf(chatId), value: asJson(value), version: session?.version ?? 0 })
      .map(() => undefined)
      .orElse((error) => {
        if (error.type === "storage-failure") return errAsync(error);
        if (left <= 1) return errAsync({ type: "storage-failure", cause: error } as const);
        return noteWait({ sessions, clock }, chatId, kind, seconds, left - 1);
      });
  });
}

const later = (known: Timestamp | undefined, until: Timestamp): Timestamp =>
  known !== undefined && known > until ? known : until;

type Waits = Partial<Record<CallKind, Timestamp>>;

const readWaits = (value: unknown): Waits => stored.safeParse(value).data ?? {};

const asJson = (waits: Waits): JsonObject =>
  Object.fromEntries(Object.entries(waits).filter(([, until]) => until !== undefined));

const stored = z.object({ send: z.string().optional(), edit: z.string().optional(), delete: z.string().optional() });
