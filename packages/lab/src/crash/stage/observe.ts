import type { Watched } from "../engines/engine.ts";
import type { KindName } from "../kinds.ts";
import type { PaidRequests } from "./paid-requests.ts";
import type { Stage } from "./stage.ts";

/** The state of one order, seen from outside. */
export interface ObservedOrder {
  readonly id: string;
  readonly kind: KindName;
  readonly owner: string;
  readonly status: string;
  /** Paid requests that fal accepted, or may have accepted. */
  readonly posts: number;
  /** Whether fal accepted one of them. */
  readonly taken: boolean;
  /** Why it failed, if it did. */
  readonly reason: string | null;
  /** How often it came to an end. */
  readonly ends: number;
  readonly messages: readonly ObservedMessage[];
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
  /** Deliveries without an outcome. */
  readonly pendingDeliveries: number;
  /** Remaining jobs, including dead ones. */
  readonly jobs: readonly string[];
}

export const chatOf = (owner: string): number => Number(owner.slice("telegram:".length));

const ended: readonly string[] = ["succeeded", "failed", "cancelled"];

/** Where orders and messages are seen: the database, fal and the chat. */
export interface Sources {
  readonly watched: Pick<Watched, "db" | "jobs">;
  readonly paid: PaidRequests;
  /** How many times the message of an order has reached its owner. */
  arrived(order: { readonly id: string; readonly owner: string }, template: string): number;
}

export const observe = ({ watched, telegram, paid }: Stage): Promise<Observation> =>
  observeFrom({
    watched,
    paid,
    arrived: ({ owner }, template) =>
      telegram.control
        .person(chatOf(owner))
        .chat()
        .filter(({ text }) => text === template).length,
  });

export async function observeFrom({ watched, paid, arrived }: Sources): Promise<Observation> {
  const { db } = watched;
  const orders = await db
    .selectFrom("likeness_order")
    .select(["id", "kind", "owner_id", "status", "failure_reason"])
    .execute();
  const history = await db.selectFrom("status_history").selectAll().execute();
  const messages = await db.selectFrom("likeness_notification").select(["order_id", "content", "status"]).execute();
  const pending = await db.selectFrom("likeness_webhook_inbox").select("id").where("settled_at", "is", null).execute();

  const messagesOf = (order: { readonly id: string; readonly owner: string }): ObservedMessage[] =>
    messages
      .filter((message) => message.order_id === order.id)
      .map(({ content, status }) => {
        const { template }: { readonly template: string } = JSON.parse(content);
        return { template, status, arrived: arrived(order, template) };
      });

  return {
    orders: orders.map(({ id, kind, owner_id: owner, status, failure_reason: reason }) => ({
      id,
      kind: kind as KindName,
      owner,
      status,
      posts: paid.posts(id),
      taken: paid.taken(id),
      reason,
      ends: history.filter((change) => change.order_id === id && ended.includes(change.status)).length,
      messages: messagesOf({ id, owner }),
    })),
    pendingDeliveries: pending.length,
    jobs: await watched.jobs(),
  };
}
