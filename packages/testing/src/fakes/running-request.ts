import type { CancelAnswer, OrderEvent, ProviderRequest } from "@likeness/core";

/** A report of the provider about a request. */
export type ProviderReport = Reported<OrderEvent>;
type Reported<Event> = Event extends unknown ? Omit<Event, "requestId"> : never;

/** A request that the fake provider accepted. */
export interface RunningRequest {
  readonly request: ProviderRequest;
  /** Its input, as JSON. */
  readonly sent: string;
  /** The first one is current; each call of `look` advances to the next, up to the last. */
  reports: readonly [ProviderReport, ...ProviderReport[]];
}

const isOutcome = (report: ProviderReport): boolean => report.type === "succeeded" || report.type === "failed";

export function lookedAt(running: RunningRequest): OrderEvent {
  const { requestId } = running.request;
  const [report, next, ...later] = running.reports;
  if (next) running.reports = [next, ...later];
  return { ...report, requestId };
}

export function cancelled(running: RunningRequest): CancelAnswer {
  if (isOutcome(running.reports[0])) return "too-late";
  running.reports = [{ type: "failed", detail: "cancelled" }];
  return "requested";
}
