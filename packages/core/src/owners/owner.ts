import type { Timestamp } from "../values/timestamp.ts";

/** Whether the progress of a training is shown while it runs. Its end is told in any case. */
export const progressChoices = ["shown", "hidden"] as const;
export type ProgressChoice = (typeof progressChoices)[number];

/** What a person has chosen for everything of theirs. What is absent follows the channel or the host. */
export interface OwnerSettings {
  /** BCP 47 tag of a language, e.g. `kk`; absent: the language of the channel. */
  readonly locale?: string | undefined;
  /** How many pictures one press orders. */
  readonly picturesPerPress?: number | undefined;
  readonly progress?: ProgressChoice | undefined;
}

/** A person as the owner of avatars: settings, and when they were last seen. There is no row before the first sign of life. */
export interface Owner extends OwnerSettings {
  /** The owner id, e.g. `telegram:42`. */
  readonly id: string;
  /** Within the last hour of their last sign of life. */
  readonly lastSeenAt: Timestamp;
  /** Their last export, for the limit. */
  readonly exported?: { readonly id: string; readonly at: Timestamp } | undefined;
  /** 0 before the first save; the store increments it with every write. */
  readonly version: number;
}
