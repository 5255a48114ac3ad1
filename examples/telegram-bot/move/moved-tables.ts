import type { Database } from "@likeness/kysely";

/**
 * What becomes of each table, in an order in which every row comes after the rows that it refers to. `as jobs`: the jobs
 * that wait are enqueued anew, because PostgreSQL has another queue.
 */
export const tables = {
  likeness_avatar: "row by row",
  likeness_photo: "row by row",
  likeness_order: "row by row",
  likeness_order_blob: "row by row",
  likeness_picture: "row by row",
  likeness_webhook_inbox: "row by row",
  likeness_notification: "row by row",
  likeness_session: "row by row",
  likeness_owner: "row by row",
  likeness_consent: "row by row",
  likeness_credit_account: "row by row",
  likeness_credit_entry: "row by row",
  likeness_credit_hold: "row by row",
  likeness_purchase: "row by row",
  likeness_payment: "row by row",
  likeness_erasure: "row by row",
  likeness_erased_order: "row by row",
  likeness_erased_count: "row by row",
  likeness_spending: "row by row",
  likeness_switch: "row by row",
  likeness_audit: "row by row",
  likeness_dismissal: "row by row",
  likeness_alarm: "row by row",
  likeness_sighting: "row by row",
  likeness_job: "as jobs",
} as const satisfies Record<keyof Database, "row by row" | "as jobs">;

/** The tables whose rows are the same on both sides. */
export const movedTables = Object.entries(tables).flatMap(([name, how]) => (how === "row by row" ? [name] : []));
