import {
  addSeconds,
  secondsBetween,
  type Clock,
  type JsonObject,
  type SessionRepository,
  type StorageFailure,
  type Timestamp,
} from "@likeness/core";
import { errAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";

/** What Telegram counts apart: too many edits of messages do not keep a new one from being sent. */
export type CallKind = "send" | "edit" | "delete";

/** What has to wait when a call of a kind was refused. A chat that takes no message takes nothing. */
const affected = {
  send: ["send", "edit", "delete"],
  edit: ["edit"],
  delete: ["delete"],
} as const satisfies Record<CallKind, readonly CallKind[]>;

/** How often a wait is written down anew because another one was learned at the same moment. */
const attempts = 20;

const keyOf = (chatId: number): string => `telegram:waits:${chatId}`;

export interface WaitPorts {
  readonly sessions: SessionRepository;
  readonly clock: Clock;
}

/** For how many seconds no call of a kind is to be made in a chat, whichever call of whichever process learned that. */
export const waitLeft = (
  { sessions, clock }: WaitPorts,
  chatId: number,
  kind: CallKind,
): ResultAsync<number, StorageFailure> =>
  sessions.find(keyOf(chatId)).map((session) => {
    const until = readWaits(session?.value)[kind];
    return until === undefined ? 0 : Math.max(0, secondsBetween(clock.now(), until));
  });

/** Writes down that Telegram asked to wait after a call of a kind. A longer wait that is known already stays. */
export function noteWait(
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
      .save({ key, value: asJson(value), version: session?.version ?? 0 })
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
