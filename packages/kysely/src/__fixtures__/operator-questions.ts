import type { JobRecords, OperatorRepository } from "@likeness/core";
import { testStart } from "@likeness/testing";
import type { ResultAsync } from "neverthrow";

const limits = { quarter: testStart, hour: testStart, day: testStart };
const period = { from: testStart, to: testStart };
const after = { at: testStart, id: "1" };

/** What operators ask, each with the indexes that answer it. */
export const operatorQuestions: Readonly<
  Record<string, readonly [ask: (asked: Asked) => ResultAsync<unknown, unknown>, indexes: string]>
> = {
  "what waits": [
    ({ rows }) => rows.underWay(limits),
    "likeness_order_under_way likeness_webhook_inbox_owed likeness_notification_open likeness_notification_dead" +
      " likeness_photo_pending likeness_erasure_due",
  ],
  "unknown orders": [({ rows }) => rows.orders("unknown", { limit: 5, after }), "likeness_order_unknown"],
  "late results": [({ rows }) => rows.orders("late", { limit: 5, after }), "likeness_order_late_training"],
  "models that are not copied": [
    ({ rows }) => rows.orders("uncopied", { limit: 5, after }),
    "likeness_order_uncopied_training",
  ],
  "idle deliveries": [({ rows }) => rows.deliveries({ limit: 5, after }), "likeness_webhook_inbox_idle"],
  "dead messages": [({ rows }) => rows.messages({ limit: 5, after }), "likeness_notification_dead"],
  "everything about an order": [
    ({ rows }) => rows.about("any", 5),
    "likeness_webhook_inbox_order likeness_notification_of_order likeness_credit_entry_reference",
  ],
  "how orders ended": [({ figures }) => figures.ended("training", period), "likeness_order_ended"],
  "how long orders took": [({ figures }) => figures.times("training", period, 5), "likeness_order_ended"],
  money: [
    ({ figures }) => figures.money(period),
    "likeness_payment_paid likeness_payment_refunded likeness_credit_entry_at",
  ],
  "refused photos": [({ figures }) => figures.rejections(period, 5), "likeness_photo_rejected"],
  actions: [({ audit }) => audit.list({}, { limit: 5, after }), "likeness_audit_at"],
  "actions about something": [
    ({ audit }) => audit.list({ subject: { type: "order", id: "any" } }, { limit: 5, after }),
    "likeness_audit_subject",
  ],
  "dead jobs": [({ jobs }) => jobs.dead({ limit: 5, after }), "likeness_job_died"],
  "jobs about something": [({ jobs }) => jobs.about(["any"], 5), "likeness_job_key"],
};

/** What answers them. */
export type Asked = OperatorRepository & { readonly jobs: JobRecords };
