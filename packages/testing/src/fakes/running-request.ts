import type { OrderEvent, ProviderRequest } from "@likeness/core";

/** A report of the provider about a request. An outcome, with its seconds, implies that it is finished. */
export type ProviderReport = Reported<Exclude<OrderEvent, Finished>> & Pick<Finished, "ranSeconds">;
type Reported<Event> = Event extends unknown ? Omit<Event, "requestId"> : never;
type Finished = Extract<OrderEvent, { readonly type: "finished" }>;

/** A request that the fake provider accepted. */
export interface RunningRequest {
  readonly request: ProviderRequest;
  /** Its input, as JSON. */
  readonly sent: string;
  /** The first one is current; each call of `status` advances to the next, up to the last. */
  reports: readonly [ProviderReport, ...ProviderReport[]];
}

const isOutcome = (report: ProviderReport): boolean => report.type === "succeeded" || report.type === "failed";

/** The status, which does not tell the outcome. */
export function lookedAt(running: RunningRequest): OrderEvent {
  const { requestId } = running.request;
  const [{ ranSeconds, ...report }, next, ...later] = running.reports;
  if (isOutcome(report)) return { type: "finished", requestId, ...(ranSeconds === undefined ? {} : { ranSeconds }) };
  if (next) running.reports = [next, ...later];
  return { ...report, requestId };
}

export function resultOf({ request: { requestId }, reports }: RunningRequest): OrderEvent {
  const [{ ranSeconds: _told, ...report }] = reports;
  return isOutcome(report) ? { ...report, requestId } : { type: "running", requestId };
}

export function cancelled(running: RunningRequest): "requested" | "too-late" {
  if (isOutcome(running.reports[0])) return "too-late";
  running.reports = [{ type: "failed", detail: "cancelled" }];
  return "requested";
}
