import { createHash, timingSafeEqual } from "node:crypto";
import {
  deliveryJob,
  keepDelivery,
  type Clock,
  type Ids,
  type InboxDelivery,
  type Job,
  type StorageFailure,
  type Store,
} from "@likeness/core";
import { err, errAsync, ok, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { actorOf } from "../chat/actor.ts";
import { chatJobs } from "../chat/chat-jobs.ts";

/**
 * The types of updates that the chat needs. Sent with every call, because otherwise Telegram keeps those of an earlier
 * run. https://core.telegram.org/bots/api#getupdates
 */
export const allowedUpdates = [
  "message",
  "edited_message",
  "callback_query",
  "pre_checkout_query",
  "my_chat_member",
] as const;

/** The body is not an update of the Bot API. */
export interface UpdateMalformed {
  readonly type: "update-malformed";
}

/** Stores an update; `known` when it is stored already, so that it is handled once. */
export type ReceiveUpdate = (update: unknown) => ResultAsync<"new" | "known", UpdateMalformed | StorageFailure>;

/** What storing an update needs. */
export interface StorePorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Stores an update with the job that handles it. */
export const receiveUpdate =
  (ports: StorePorts): ReceiveUpdate =>
  (update) => {
    const read = head.safeParse(update);
    return read.success ? keep(ports, read.data.update_id, update) : errAsync({ type: "update-malformed" });
  };

/** https://core.telegram.org/bots/api#update */
const head = z.object({ update_id: z.number().int().nonnegative() });

function keep({ store, clock, ids }: StorePorts, updateId: number, update: unknown) {
  const delivery: InboxDelivery = {
    id: ids.next(),
    source: "telegram",
    requestId: String(updateId),
    // An update is identified by its number alone: Telegram may serialise it differently when it repeats it.
    digest: "",
    ...ownerOf(update),
    headers: {},
    body: new TextEncoder().encode(JSON.stringify(update)),
    receivedAt: clock.now(),
    verified: true,
  };
  return keepDelivery({ store, clock }, delivery, jobOf(delivery, update)).map((kept) =>
    kept === "new" ? kept : "known",
  );
}

const jobOf = (delivery: InboxDelivery, update: unknown): Job => {
  const job = deliveryJob(delivery);
  return pressed.safeParse(update).success ? { ...job, kind: chatJobs.press } : job;
};

const pressed = z.object({ callback_query: z.object({}) });

/** The person who caused an update, in any field of it, so that it goes when everything about the person is erased. */
function ownerOf(update: unknown): Pick<InboxDelivery, "ownerId"> {
  const fields = z.record(z.string(), z.unknown()).safeParse(update).data ?? {};
  const from = Object.values(fields).flatMap((field) => caused.safeParse(field).data?.from.id ?? []);
  return from[0] === undefined ? {} : { ownerId: actorOf(from[0]) };
}

const caused = z.object({ from: z.object({ id: z.number() }) });

/** The request does not have the secret token. */
export interface UpdateForbidden {
  readonly type: "update-forbidden";
}

export interface UpdateRequest {
  /** The header `X-Telegram-Bot-Api-Secret-Token`. https://core.telegram.org/bots/api#setwebhook */
  readonly secretToken: string | undefined;
  readonly body: Uint8Array;
}

export interface ReceiveUpdateRequest {
  (request: UpdateRequest): ResultAsync<"new" | "known", UpdateForbidden | UpdateMalformed | StorageFailure>;
  /**
   * Compares the header's secret in constant time. The host calls it before it reads the body; `receive` checks it
   * again.
   */
  readonly admits: (secretToken: string | undefined) => boolean;
}

/** Receives updates from Telegram: checks the secret and stores the update, after which the host answers 200. */
export function telegramWebhook({
  secretToken,
  receive,
}: {
  readonly secretToken: string;
  readonly receive: ReceiveUpdate;
}): ReceiveUpdateRequest {
  const expected = digest(secretToken);
  const admits = (given = ""): boolean => timingSafeEqual(digest(given), expected);
  const take = (request: UpdateRequest): ReturnType<ReceiveUpdateRequest> =>
    admits(request.secretToken) ? parse(request.body).asyncAndThen(receive) : errAsync({ type: "update-forbidden" });
  return Object.assign(take, { admits });
}

/** Compares digests, which have equal lengths, so that the comparison takes constant time. */
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

function parse(body: Uint8Array): Result<unknown, UpdateMalformed> {
  try {
    return ok(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    return err({ type: "update-malformed" });
  }
}
