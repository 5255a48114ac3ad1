import { isTraining, type Order, type ProviderRequest, type Submission, type SubmitError } from "@likeness/core";
import { err, errAsync, ok, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import type { ReplicateConnection } from "../http/connection.ts";
import type { ReplicateFailure } from "../http/failure.ts";
import { endpointIn } from "./paths.ts";
import { reasonIn } from "./run.ts";

export interface SubmitOptions {
  /** `owner/name`: the private model that gets what a training yields. */
  readonly destination: string;
  /** Longest wait for the answer. */
  readonly timeoutSeconds: number;
}

/** The exceptions to the rule that a 4xx is a refusal and any other status leaves the submission unconfirmed. */
const verdicts: Readonly<Record<number, SubmitError["type"] | undefined>> = {
  408: "submit-unconfirmed",
  429: "submit-deferred",
};

/**
 * Sends the one paid request. Replicate has no idempotency key, and its client repeats a POST whose answer is lost, so any
 * answer that leaves a doubt is `submit-unconfirmed`. `Prefer: wait` is not sent: it would make the time longer in which an
 * answer can be lost.
 */
export const submitRequest =
  ({ call }: ReplicateConnection, options: SubmitOptions) =>
  ({ order, prepared, webhookUrl }: Submission): ResultAsync<ProviderRequest, SubmitError> => {
    const target = targetOf(order, options.destination);
    if (!target)
      return errAsync({ type: "submit-refused", status: 0, detail: "the endpoint is not owner/name:version" });
    const json = {
      ...target.fields,
      input: { ...order.snapshot.input, ...prepared.input },
      ...(webhookUrl !== undefined && { webhook: webhookUrl, webhook_events_filter: ["completed"] }),
    };
    return call(target.path, { method: "POST", json, seconds: options.timeoutSeconds })
      .mapErr(submitError)
      .andThen(readRequest);
  };

interface Target {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

function targetOf(order: Order, destination: string): Target | undefined {
  const { model, version } = endpointIn(order.snapshot.endpoint) ?? {};
  if (model === undefined) return undefined;
  if (isTraining(order))
    return version === undefined
      ? undefined
      : { path: `/models/${model}/versions/${version}/trainings`, fields: { destination } };
  // Official models have no version.
  return version === undefined
    ? { path: `/models/${model}/predictions`, fields: {} }
    : { path: "/predictions", fields: { version } };
}

function readRequest(answer: unknown): Result<ProviderRequest, SubmitError> {
  const id = accepted.safeParse(answer).data?.id;
  return id === undefined
    ? err({ type: "submit-unconfirmed", detail: "the answer cannot be read" })
    : ok({ requestId: id });
}

const accepted = z.object({ id: z.string().min(1) });

function submitError(failure: ReplicateFailure): SubmitError {
  const { detail } = failure;
  if (failure.type === "silence")
    return { type: failure.sent === "never" ? "submit-deferred" : "submit-unconfirmed", detail };
  const { status, retryAfterSeconds } = failure;
  const type = verdicts[status] ?? (status >= 400 && status < 500 ? "submit-refused" : "submit-unconfirmed");
  if (type === "submit-refused") {
    const reason = reasonIn(detail);
    return { type, status, detail, ...(reason && { reason }) };
  }
  return type === "submit-deferred" && retryAfterSeconds !== undefined
    ? { type, detail, retryAfterSeconds }
    : { type, detail };
}
