import type { ProviderRequest, TrainingEvent } from "@likeness/core";

/** What the provider says about a request. That it is finished, after so many seconds, follows from its outcome. */
export type ProviderReport = Reported<Exclude<TrainingEvent, Finished>> & Pick<Finished, "trainedSeconds">;
type Reported<Event> = Event extends unknown ? Omit<Event, "requestId"> : never;
type Finished = Extract<TrainingEvent, { readonly type: "finished" }>;

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
  const [{ trainedSeconds, ...report }, next, ...later] = running.reports;
  if (isOutcome(report))
    return { type: "finished", requestId, ...(trainedSeconds === undefined ? {} : { trainedSeconds }) };
  if (next) running.reports = [next, ...later];
  return { ...report, requestId };
}

export function resultOf({ request: { requestId }, reports }: RunningRequest): TrainingEvent {
  const [{ trainedSeconds: _told, ...report }] = reports;
  return isOutcome(report) ? { ...report, requestId } : { type: "running", requestId };
}

export function cancelled(running: RunningRequest): "requested" | "too-late" {
  if (isOutcome(running.reports[0])) return "too-late";
  running.reports = [{ type: "failed", detail: "cancelled" }];
  return "requested";
}
