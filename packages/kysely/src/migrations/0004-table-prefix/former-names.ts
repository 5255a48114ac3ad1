/** The tables as they were called before they had a prefix, parents before their children. */
export const formerTables = [
  "avatar",
  "photo",
  "training",
  "training_photo",
  "generation",
  "webhook_inbox",
  "notification",
  "session",
] as const;

/** In SQLite only. */
export const formerJobTable = "job";

/** The names of their indexes, which share a name space with tables. */
export const formerIndexes = [
  "avatar_main",
  "avatar_of_owner",
  "photo_number",
  "photo_reference",
  "photo_sha256",
  "photo_pending",
  "photo_blob",
  "training_key",
  "training_request",
  "training_active",
  "training_of_avatar",
  "training_due",
  "training_weights",
  "training_config",
  "training_late",
  "training_photo_blob",
  "generation_key",
  "generation_request",
  "generation_of_avatar",
  "generation_due",
  "webhook_inbox_delivery",
  "webhook_inbox_unsettled",
  "webhook_inbox_settled",
  "notification_key",
  "notification_of_avatar",
  "notification_due",
  "notification_undeliverable",
  "job_due",
  "job_unclaimed",
  "job_dead",
] as const;
