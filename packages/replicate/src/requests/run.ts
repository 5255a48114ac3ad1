import type { OrderEvent, Outcome, ProviderReason } from "@likeness/core";
import { z } from "zod";
import { isFileHost, type ReplicateHosts } from "../http/hosts.ts";
import { plainDetail } from "../http/plain-detail.ts";
import { percentIn } from "./percent-in.ts";

/** A training or a prediction: the answer to a look, an entry of a list and the body of a webhook are the same object. */
export type Run = z.infer<typeof run>;

export const run = z.object({
  id: z.string().min(1),
  status: z.string(),
  input: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: z.string().nullish().catch(undefined),
  created_at: z.string().nullish().catch(undefined),
  completed_at: z.string().nullish().catch(undefined),
  data_removed: z.boolean().nullish().catch(undefined),
  metrics: z
    .object({ predict_time: z.number().positive().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});

/** What a run says about its order; `undefined` when it has succeeded and Replicate has removed its result. */
export function eventOf(hosts: ReplicateHosts, seen: Run): OrderEvent | undefined {
  const { id: requestId, status } = seen;
  switch (status) {
    case "starting":
      return { type: "queued", requestId };
    case "succeeded":
      return ending(hosts, seen);
    case "failed":
      return failed(requestId, textOf(seen.error));
    // Also by the dashboard, or by Replicate itself. Nothing comes out, and a cancelled order of ours has ended before.
    case "canceled":
      return failed(requestId, "it was cancelled at Replicate");
    case "aborted":
      return failed(requestId, "Replicate gave it up before it began");
    // `processing`, and what Replicate may add: it is looked at again.
    default: {
      const percent = percentIn(seen.logs ?? "", seen.input);
      return { type: "running", requestId, ...(percent !== undefined && { percent }) };
    }
  }
}

function ending(hosts: ReplicateHosts, { id: requestId, output, data_removed, metrics }: Run): OrderEvent | undefined {
  // Each picture that Replicate's filter flags is left out.
  if (Array.isArray(output) && output.length === 0 && !data_removed)
    return { type: "failed", requestId, detail: "the picture was flagged", reason: "content_blocked" };
  if (data_removed || output === null || output === undefined) return undefined;
  const outcome = outcomeIn(hosts, output);
  if (!outcome) return { type: "failed", requestId, detail: "the result has none of the files that were ordered" };
  const ranSeconds = metrics?.predict_time;
  return { type: "succeeded", requestId, outcome, ...(ranSeconds !== undefined && { ranSeconds }) };
}

/** A training yields `{ version, weights }`, a prediction one address or a list of them. */
function outcomeIn(hosts: ReplicateHosts, output: unknown): Outcome | undefined {
  const weights = trained.safeParse(output).data?.weights;
  if (weights !== undefined) return isFileHost(hosts, weights) ? { weights: { url: weights } } : undefined;
  const [url, ...more] = [output].flat();
  const isPicture = typeof url === "string" && more.length === 0 && isFileHost(hosts, url);
  return isPicture ? { picture: { url } } : undefined;
}

const trained = z.object({ weights: z.string() });

const textOf = (error: unknown): string =>
  (typeof error === "string" ? plainDetail(error) : "") || "the request failed";

function failed(requestId: string, detail: string): OrderEvent {
  const reason = reasonIn(detail);
  return { type: "failed", requestId, detail, ...(reason && { reason }) };
}

/**
 * Replicate says so in words only: https://replicate.com/docs/reference/error-codes, and for weights that cannot be read
 * https://github.com/replicate/cog-flux/blob/main/weights.py.
 */
const reasons: Readonly<Record<ProviderReason, RegExp>> = {
  content_blocked: /\bNSFW\b|flagged as sensitive|\bE005\b/i,
  input_gone:
    /Weights not found at the supplied URL|Failed to download (?:tarball|safetensors)|to download weights failed/i,
};

export const reasonIn = (detail: string): ProviderReason | undefined =>
  (Object.keys(reasons) as ProviderReason[]).find((reason) => reasons[reason].test(detail));
