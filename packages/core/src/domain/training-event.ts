import type { Model } from "./model.ts";

/**
 * What the provider says about a training, by webhook or when asked. `finished` says that an outcome exists but not
 * which one: the result has to be fetched. `trainedSeconds`: how long the provider says that it ran.
 */
export type TrainingEvent =
  | { readonly type: "queued"; readonly requestId: string; readonly position?: number | undefined }
  | { readonly type: "running"; readonly requestId: string; readonly percent?: number | undefined }
  | { readonly type: "finished"; readonly requestId: string; readonly trainedSeconds?: number | undefined }
  | { readonly type: "succeeded"; readonly requestId: string; readonly model: Model }
  | { readonly type: "failed"; readonly requestId: string; readonly detail: string };

/** An event that says what happened; `finished` has to be turned into one by asking for the result. */
export type TrainingNews = Exclude<TrainingEvent, { readonly type: "finished" }>;
