import type { Log, OrderEvent } from "@likeness/core";
import { noteBlocked } from "../http/note-blocked.ts";
import { reasonIn } from "../http/reason-in.ts";

interface Failed {
  readonly requestId: string;
  readonly detail: string;
  /** The model's error answer, or what is there in its place. */
  readonly body: unknown;
  readonly archiveFields: readonly string[];
}

/** A model's error as our event. */
export function failedEvent({ requestId, detail, body, archiveFields }: Failed, log: Log): OrderEvent {
  const reason = reasonIn(body, archiveFields);
  if (reason === "content_blocked") noteBlocked(log, { requestId }, body);
  return { type: "failed", requestId, detail, ...(reason && { reason }) };
}
