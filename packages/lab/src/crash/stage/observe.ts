import { join } from "node:path";
import { diskBlobs } from "@likeness/blobs/disk";
import type { BlobStore } from "@likeness/core";
import { seededKey } from "../host/ready-avatar.ts";
import type { Watched } from "../engines/engine.ts";
import { isFirstLook } from "../is-first-look.ts";
import { observeLedger, type HoldState } from "./ledger-problems.ts";
import type { Made, MadePictures, PaidRequests } from "../vendors/vendor.ts";
import { seenInChat, type SeenInChat } from "./seen-in-chat.ts";
import type { Stage } from "./stage.ts";

/** The kind of an order as it is stored. */
export type ObservedKind = "training" | "image" | "upscale";

/** The state of one order, seen from outside. */
export interface ObservedOrder {
  readonly id: string;
  readonly kind: ObservedKind;
  /** The id of the first order of its set; its own where it is alone. */
  readonly setId: string;
  readonly owner: string;
  /** Its idempotency key. */
  readonly key: string;
  readonly status: string;
  /** Paid requests that the provider accepted, or may have accepted. */
  readonly posts: number;
  /** Whether the provider accepted one of them. */
  readonly taken: boolean;
  /** Why it failed, if it did. */
  readonly reason: string | null;
  /** How often it came to an end. */
  readonly ends: number;
  /** Whether nothing is left to do for it. */
  readonly finished: boolean;
  /** What became of its credits, `none` if they were never reserved; absent where orders cost nothing. */
  readonly credits?: HoldState | "none";
  /** Of an image order. */
  readonly picture?: ObservedPicture;
  /** Those about it, or about the set that it is the first order of. */
  readonly messages: readonly ObservedMessage[];
}

/** What became of the picture of an order. */
export interface ObservedPicture {
  /** Absent when the provider has made none. */
  readonly made: Made | undefined;
  /** Whether its owner has it, with its bytes. */
  readonly kept: boolean;
  /** How many times it was shown in the chat. */
  readonly shown: number;
}

/** A row of the outbox, and how many times its text is in the chat. */
export interface ObservedMessage {
  readonly template: string;
  readonly status: string;
  readonly arrived: number;
}

/** What can be seen from outside the processes. */
export interface Observation {
  readonly orders: readonly ObservedOrder[];
  /** Pictures that were shown in the chat although nobody has them, as a blocked one would be. */
  readonly strangers: number;
  /** Deliveries without an outcome. */
  readonly pendingDeliveries: number;
  /** Remaining jobs, including dead ones. */
  readonly jobs: readonly string[];
  /** Reservations of credits that are neither captured nor released. */
  readonly openHolds: number;
  /** What is wrong with the ledger. */
  readonly ledgerProblems: readonly string[];
}

const ended: readonly string[] = ["succeeded", "failed", "cancelled"];

/** Where orders, pictures and messages are seen: the database, the provider, the chat and the ledger. */
export interface Sources {
  readonly watched: Pick<Watched, "db" | "jobs">;
  readonly paid: PaidRequests;
  /** How many times the message of an order has reached its owner. */
  arrived: SeenInChat["arrived"];
  /** Where pictures are made as well. */
  readonly pictures?: {
    readonly made: MadePictures;
    readonly blobs: Pick<BlobStore, "stat">;
    readonly seen: SeenInChat["pictures"];
  };
  /** Whether orders cost credits. */
  readonly isCharged?: boolean;
}

export function observe({ watched, telegram, vendor, settings }: Stage): Promise<Observation> {
  const { paid, pictures } = vendor;
  const chat = seenInChat(telegram);
  return observeFrom({
    watched,
    paid,
    arrived: chat.arrived,
    pictures: { made: pictures, blobs: diskBlobs(join(settings.folder, "blobs")), seen: chat.pictures },
    isCharged: true,
  });
}

interface StoredContent {
  readonly template: string;
  readonly pictureIds?: readonly string[];
}

export async function observeFrom({ watched, paid, arrived, pictures, isCharged }: Sources): Promise<Observation> {
  const { db } = watched;
  const orders = await db
    .selectFrom("likeness_order")
    .select(["id", "kind", "set_id", "owner_id", "idempotency_key", "status", "failure_reason", "next_check_at"])
    .where("idempotency_key", "not like", `${seededKey}%`)
    .execute();
  const history = await db.selectFrom("status_history").selectAll().execute();
  const messages = await db.selectFrom("likeness_notification").select(["order_id", "content", "status"]).execute();
  const pending = await db.selectFrom("likeness_webhook_inbox").select("id").where("settled_at", "is", null).execute();
  const rows = await db.selectFrom("likeness_picture").select(["id", "blob_key"]).execute();
  const kept = new Map<string, string>();
  for (const { id, blob_key } of pictures ? rows : [])
    if ((await pictures?.blobs.stat(blob_key))?.isOk()) kept.set(id, blob_key);
  const made = pictures?.made();
  const ledger = await observeLedger(watched);

  const messagesOf = (order: { readonly id: string; readonly owner: string }): ObservedMessage[] =>
    messages
      .filter((message) => message.order_id === order.id)
      .map(({ content, status }) => {
        const { template, pictureIds = [] }: StoredContent = JSON.parse(content);
        return { template, status, arrived: arrived({ ...order, pictureIds }, template) };
      });
  // The first look costs its owner nothing.
  const creditsOf = (orderId: string, key: string): Pick<ObservedOrder, "credits"> =>
    isCharged && !isFirstLook({ key }) ? { credits: ledger.holds.get(orderId) ?? "none" } : {};
  const pictureOf = (kind: string, id: string, owner: string): Pick<ObservedOrder, "picture"> | undefined => {
    if (kind === "training" || !pictures) return undefined;
    const seen = pictures.seen(owner).filter((digest) => digest === kept.get(id));
    return { picture: { made: made?.get(id), kept: kept.has(id), shown: seen.length } };
  };
  const owners = new Set(orders.map((order) => order.owner_id));
  const keptDigests = new Set(kept.values());
  const strangers = [...owners]
    .flatMap((owner) => pictures?.seen(owner) ?? [])
    .filter((each) => !keptDigests.has(each));

  return {
    orders: orders.map(
      ({ id, kind, set_id, owner_id: owner, idempotency_key: key, status, failure_reason: reason, next_check_at }) => ({
        id,
        kind: kind as ObservedKind,
        setId: set_id ?? id,
        owner,
        key,
        status,
        posts: paid.posts(id),
        taken: paid.taken(id),
        reason,
        ends: history.filter((change) => change.order_id === id && ended.includes(change.status)).length,
        finished: next_check_at === null,
        ...creditsOf(id, key),
        ...pictureOf(kind, id, owner),
        messages: messagesOf({ id, owner }),
      }),
    ),
    strangers: strangers.length,
    pendingDeliveries: pending.length,
    jobs: await watched.jobs(),
    openHolds: [...ledger.holds.values()].filter((state) => state === "held").length,
    ledgerProblems: ledger.problems,
  };
}
