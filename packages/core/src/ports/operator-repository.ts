import type { ResultAsync } from "neverthrow";
import type { Notification } from "../messages/notification.ts";
import type { AuditEntry, AuditFilter, AuditSubject } from "../operator/audit-entry.ts";
import type { Order } from "../orders/order.ts";
import type { FailureReason } from "../orders/failure-reason.ts";
import type { Ended } from "../orders/order-lifecycle.ts";
import type { PhotoRejectionCode } from "../photos/photo-rejection.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { InboxDelivery } from "../webhooks/inbox-delivery.ts";
import type { EntryKind, LedgerEntry, LedgerHold } from "./ledger.ts";
import type { StorageFailure } from "./storage-errors.ts";
import type { AlarmRepository } from "./alarm-repository.ts";

/** Where a list goes on: after the row of this time and id. */
export interface RowPlace {
  readonly at: Timestamp;
  readonly id: string;
}

/** A part of a list that is sorted by a time and then an id, newest first. */
export interface RowPage {
  /** At most this many rows. */
  readonly limit: number;
  /** Only rows that are older than this one; absent: from the newest on. */
  readonly after?: RowPlace | undefined;
}

/** The limits of ages. */
export interface AgeLimits {
  /** A quarter of an hour ago. */
  readonly quarter: Timestamp;
  readonly hour: Timestamp;
  readonly day: Timestamp;
}

/** How many rows have an age: each row is in one of the numbers. */
export interface Ages {
  /** Not older than a quarter of an hour. */
  readonly quarter: number;
  /** Older than that, and not than an hour. */
  readonly hour: number;
  /** Older than that, and not than a day. */
  readonly day: number;
  /** Older than a day. */
  readonly older: number;
}

/** Rows that wait for something, counted by kind and status. */
export interface RowCount {
  readonly of: "order" | "delivery" | "message" | "photo" | "erasure" | "job";
  /** Of an order or a job: its kind; of a delivery: its source; of the others: the same as `of`. */
  readonly kind: string;
  readonly status: string;
  readonly count: number;
  readonly ages: Ages;
  /** The time of the oldest one that was counted. */
  readonly oldestAt: Timestamp;
  /** There may be more: only the newest were counted. */
  readonly more?: true | undefined;
}

/** The orders that need a person. */
export type OrderNeed =
  /** Not confirmed by the provider: by the time of the POST. */
  | "unknown"
  /**
   * Trainings that ended without success and have a result that can be adopted: its weights are copied or being copied, and
   * the avatar is ready neither with them nor with the model of a training that was placed later. By the time of the end.
   */
  | "late"
  /** Trainings whose model was not copied, and is not being copied. By the time of the end. */
  | "uncopied";

/** From a moment, included, to another one, excluded. */
export interface Period {
  readonly from: Timestamp;
  readonly to: Timestamp;
}

/** Orders of a kind that ended in a period. */
export interface EndedCount {
  readonly status: Ended["status"];
  /** Of failed ones only. */
  readonly reason?: FailureReason | undefined;
  readonly count: number;
}

/** How long an order took. */
export interface OrderTimes {
  readonly endpoint: string;
  /** Of trainings, e.g. `fast`. */
  readonly preset?: string | undefined;
  readonly createdAt: Timestamp;
  readonly finishedAt: Timestamp;
  /** What the provider measured, if it measured. */
  readonly ranSeconds?: number | undefined;
}

/** What became of money, or credits, on a day in UTC. */
export interface MoneyRow {
  /** e.g. `2026-11-30`. */
  readonly day: string;
  /**
   * `spent`: at the provider, in hundredths of a US cent, counted only while there is a cap · `paid` and `refunded`: by
   * people, in the smallest unit of the currency · the others: entries of the ledger, in credits, negative if they take.
   */
  readonly what: "spent" | "paid" | "refunded" | EntryKind;
  /** `USD`, another currency (e.g. `XTR`, Telegram Stars), or `credits`. */
  readonly unit: string;
  readonly amount: number;
  /** How many payments or entries; of what was spent, 0: it is not counted. */
  readonly count: number;
}

/** Why photos were refused that arrived in a period. */
export interface Rejections {
  readonly codes: readonly { readonly code: PhotoRejectionCode; readonly count: number }[];
  /** There were more photos than the limit: only the newest were counted. */
  readonly more: boolean;
}

/** What the tables hold about an order beside its own row, each oldest first. */
export interface AboutOrder {
  /** Without headers and body. */
  readonly deliveries: readonly InboxDelivery[];
  readonly messages: readonly Notification[];
  /** Credits that are, or were, reserved for it in this store's ledger. */
  readonly hold?: LedgerHold | undefined;
  readonly entries: readonly LedgerEntry[];
}

/** Rows that an operator looks at. What has ended is not counted, because that takes longer with every row. */
export interface WatchedRows {
  /** Rows that wait for something: orders under way, deliveries without an outcome, messages, pending photos, erasures. */
  underWay(limits: AgeLimits): ResultAsync<RowCount[], StorageFailure>;
  /** Orders that need a person, and were not dismissed. */
  orders(need: OrderNeed, page: RowPage): ResultAsync<Order[], StorageFailure>;
  /**
   * Deliveries that came to nothing (`foreign`, `unknown_order`, `malformed`, `given_up`), by the time of their outcome, and
   * were not dismissed. Their headers and bodies are empty.
   */
  deliveries(page: RowPage): ResultAsync<InboxDelivery[], StorageFailure>;
  /** Dead messages, by the time at which they were stored, that were neither overtaken nor dismissed. */
  messages(page: RowPage): ResultAsync<Notification[], StorageFailure>;
  /** At most this many deliveries and messages. */
  about(orderId: string, limit: number): ResultAsync<AboutOrder, StorageFailure>;
}

/** What happened in a period. */
export interface Figures {
  /** How the orders of a kind have ended. */
  ended(kind: string, period: Period): ResultAsync<EndedCount[], StorageFailure>;
  /** How long the orders of a kind took that succeeded, newest first. Of each no more is read than this. */
  times(kind: string, period: Period, limit: number): ResultAsync<OrderTimes[], StorageFailure>;
  /** By day; the period begins and ends at midnight UTC. */
  money(period: Period): ResultAsync<MoneyRow[], StorageFailure>;
  /** Of the newest photos that were refused. */
  rejections(period: Period, limit: number): ResultAsync<Rejections, StorageFailure>;
}

/** What operators have done. Rows are only added, and get their outcome once. */
export interface AuditRepository {
  /** Stored before the action, without an outcome. */
  note(entry: AuditEntry): ResultAsync<void, StorageFailure>;
  /** How an action ended; the first outcome stands. */
  noteOutcome(
    id: string,
    ended: { readonly outcome: string; readonly at: Timestamp },
  ): ResultAsync<void, StorageFailure>;
  /** Newest first, by `at` and then `id`. */
  list(filter: AuditFilter, page: RowPage): ResultAsync<AuditEntry[], StorageFailure>;
  /** What is dismissed is not listed among what needs a person. */
  dismiss(subject: AuditSubject, at: Timestamp): ResultAsync<void, StorageFailure>;
  /** It is listed again, if it still needs a person. */
  restore(subject: AuditSubject): ResultAsync<void, StorageFailure>;
}

/** What an operator asks a store. Run `describeOperator` of `@likeness/testing` against yours. */
export interface OperatorRepository {
  readonly rows: WatchedRows;
  readonly figures: Figures;
  readonly audit: AuditRepository;
  /** Absent: there are no alarms. */
  readonly alarms?: AlarmRepository | undefined;
}
