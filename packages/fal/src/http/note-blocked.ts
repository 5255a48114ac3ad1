import type { Log } from "@likeness/core";
import { findingsIn } from "./findings.ts";

/** Logs by which of fal's content rules a request was refused: for the operator, its owner is not told. */
export function noteBlocked(log: Log, ids: Readonly<Record<string, string>>, body: unknown): void {
  const categories = findingsIn(body).flatMap((finding) => finding.categories ?? []);
  log.warn({ ...ids, categories }, "fal's content rules refused a request");
}
