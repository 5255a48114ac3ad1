import type { Model } from "../models/model.ts";

/**
 * What the provider reports about a training, by webhook or when polled. `finished` says that there is an outcome but
 * not which: the result has to be fetched. `trainedSeconds`: how long the training ran, as measured by the provider.
 */
export type TrainingEvent =
  | { readonly type: "queued"; readonly requestId: string; readonly position?: number | undefined }
  | { readonly type: "running"; readonly requestId: string; readonly percent?: number | undefined }
  | { readonly type: "finished"; readonly requestId: string; readonly trainedSeconds?: number | undefined }
  | { readonly type: "succeeded"; readonly requestId: string; readonly model: Model }
  | { readonly type: "failed"; readonly requestId: string; readonly detail: string };

/** An event with an outcome or progress. A `finished` event becomes one when the result is fetched. */
export type TrainingNews = Exclude<TrainingEvent, { readonly type: "finished" }>;
