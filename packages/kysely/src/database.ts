import type { AvatarRow } from "./store/avatar-row.ts";
import type { GenerationRow } from "./store/generation-row.ts";
import type { InboxRow } from "./store/inbox-row.ts";
import type { NotificationRow } from "./store/notification-row.ts";
import type { PhotoRow } from "./store/photo-row.ts";
import type { SessionRow } from "./store/session-row.ts";
import type { TrainingPhotoRow, TrainingRow } from "./store/training-row.ts";
import type { JobTable } from "./sqlite/job-table.ts";

/** The tables, for `new Kysely<Database>(…)`. Only text and integers: times are ISO 8601 text, JSON is text. */
export interface Database {
  readonly avatar: AvatarRow;
  readonly photo: PhotoRow;
  readonly training: TrainingRow;
  readonly training_photo: TrainingPhotoRow;
  readonly generation: GenerationRow;
  readonly webhook_inbox: InboxRow;
  readonly notification: NotificationRow;
  readonly session: SessionRow;
  /** In SQLite only. */
  readonly job: JobTable;
}
