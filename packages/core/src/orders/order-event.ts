import type { Outcome } from "./outcome.ts";

/**
 * What the provider reports about an order, by webhook or when polled. `finished` says that there is an outcome but not
 * which: the result has to be fetched. `ranSeconds`: how long the order ran, as measured by the provider.
 */
export type OrderEvent =
  | { readonly type: "queued"; readonly requestId: string; readonly position?: number | undefined }
  | { readonly type: "running"; readonly requestId: string; readonly percent?: number | undefined }
  | { readonly type: "finished"; readonly requestId: string; readonly ranSeconds?: number | undefined }
  | { readonly type: "succeeded"; readonly requestId: string; readonly outcome: Outcome }
  | { readonly type: "failed"; readonly requestId: string; readonly detail: string };

/** An event with an outcome or progress. A `finished` event becomes one when the result is fetched. */
export type OrderNews = Exclude<OrderEvent, { readonly type: "finished" }>;
