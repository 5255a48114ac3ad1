import type { ProviderRequest, TrainingEvent } from "@likeness/core";

/** What the provider says about a request. That it is finished follows from its outcome. */
export type ProviderReport = Reported<Exclude<TrainingEvent, { readonly type: "finished" }>>;
type Reported<Event> = Event extends unknown ? Omit<Event, "requestId"> : never;

/** A request that the fake provider accepted. */
export interface RunningRequest {
  readonly request: ProviderRequest;
  readonly archiveUrl: string;
  /** The first one holds; each look at the status goes on to the next, and the last one stays. */
  reports: readonly [ProviderReport, ...ProviderReport[]];
}

const isOutcome = (report: ProviderReport): boolean => report.type === "succeeded" || report.type === "failed";

/** The status, which never says how it ended. */
export function lookedAt(running: RunningRequest): TrainingEvent {
  const { requestId } = running.request;
  const [report, next, ...later] = running.reports;
  if (isOutcome(report)) return { type: "finished", requestId };
  if (next) running.reports = [next, ...later];
  return { ...report, requestId };
}

export function resultOf({ request: { requestId }, reports: [report] }: RunningRequest): TrainingEvent {
  return isOutcome(report) ? { ...report, requestId } : { type: "running", requestId };
}

export function cancelled(running: RunningRequest): "requested" | "too-late" {
  if (isOutcome(running.reports[0])) return "too-late";
  running.reports = [{ type: "failed", detail: "cancelled" }];
  return "requested";
}
