import type { CreditAccountRow, CreditEntryRow, CreditHoldRow } from "./credits/credit-rows.ts";
import type { PaymentRow } from "./purchases/payment-row.ts";
import type { PurchaseRow } from "./purchases/purchase-row.ts";
import type { AvatarRow } from "./store/avatar-row.ts";
import type { ConsentRow } from "./store/consent-row.ts";
import type { ErasedOrderRow, ErasureRow } from "./store/erasure-row.ts";
import type { ErasedCountRow, SpendingRow, SwitchRow } from "./store/guard-row.ts";
import type { InboxRow } from "./store/inbox-row.ts";
import type { NotificationRow } from "./store/notification-row.ts";
import type { AlarmRow, SightingRow } from "./store/operator/alarm-row.ts";
import type { AuditRow, DismissalRow } from "./store/operator/audit-row.ts";
import type { OrderBlobRow, OrderRow } from "./store/order-row.ts";
import type { OwnerRow } from "./store/owner-row.ts";
import type { PhotoRow } from "./store/photo-row.ts";
import type { PictureRow } from "./store/picture-row.ts";
import type { SessionRow } from "./store/session-row.ts";
import type { JobTable } from "./sqlite/job-table.ts";

/** The tables, for `new Kysely<Database>(…)`. Only text and integers: times are ISO 8601 text, JSON is text. */
export interface Database {
  readonly likeness_avatar: AvatarRow;
  readonly likeness_photo: PhotoRow;
  readonly likeness_order: OrderRow;
  readonly likeness_order_blob: OrderBlobRow;
  readonly likeness_picture: PictureRow;
  readonly likeness_webhook_inbox: InboxRow;
  readonly likeness_notification: NotificationRow;
  readonly likeness_purchase: PurchaseRow;
  readonly likeness_payment: PaymentRow;
  readonly likeness_session: SessionRow;
  readonly likeness_owner: OwnerRow;
  readonly likeness_consent: ConsentRow;
  readonly likeness_credit_account: CreditAccountRow;
  readonly likeness_credit_entry: CreditEntryRow;
  readonly likeness_credit_hold: CreditHoldRow;
  readonly likeness_erasure: ErasureRow;
  readonly likeness_erased_order: ErasedOrderRow;
  readonly likeness_spending: SpendingRow;
  readonly likeness_switch: SwitchRow;
  readonly likeness_erased_count: ErasedCountRow;
  readonly likeness_audit: AuditRow;
  readonly likeness_dismissal: DismissalRow;
  readonly likeness_alarm: AlarmRow;
  readonly likeness_sighting: SightingRow;
  /** In SQLite only. */
  readonly likeness_job: JobTable;
}
