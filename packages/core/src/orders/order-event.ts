import type { ProviderReason } from "./failure-reason.ts";
import type { Outcome } from "./outcome.ts";

/**
 * What the provider says about an order, by webhook or when it is polled: its progress or its outcome. `ranSeconds`: how
 * long it ran, as measured by the provider.
 */
export type OrderEvent =
  | { readonly type: "queued"; readonly requestId: string; readonly position?: number | undefined }
  | { readonly type: "running"; readonly requestId: string; readonly percent?: number | undefined }
  | {
      readonly type: "succeeded";
      readonly requestId: string;
      readonly outcome: Outcome;
      readonly ranSeconds?: number | undefined;
    }
  | {
      readonly type: "failed";
      readonly requestId: string;
      readonly detail: string;
      /** Absent: `provider_error`. */
      readonly reason?: ProviderReason | undefined;
    };
