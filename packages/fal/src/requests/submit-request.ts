import {
  isImageOrder,
  isTraining,
  type Order,
  type ProviderRequest,
  type Submission,
  type SubmitError,
} from "@likeness/core";
import { err, ok, type Result, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { readAnswer } from "../http/answer.ts";
import { attempt, throwable } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { exchange } from "../http/exchange.ts";
import type { FalFailure } from "../http/failure.ts";
import { noteBlocked } from "../http/note-blocked.ts";
import { trainerFields } from "../profiles/trainer-fields.ts";
import { reasonIn } from "../http/reason-in.ts";

export interface SubmitOptions {
  /** Longest wait for the answer. */
  readonly timeoutSeconds: number;
  readonly keepsPayloads: boolean;
}

type Verdict = SubmitError["type"];

/** The exceptions to the rule that a 4xx is a refusal and any other status leaves the submission unconfirmed. */
const verdicts: Readonly<Record<number, Verdict | undefined>> = {
  408: "submit-unconfirmed",
  429: "submit-deferred",
  499: "submit-unconfirmed",
};

/**
 * Sends the one paid request by a plain `fetch`: fal's client would repeat it, even when told not to
 * (https://github.com/fal-ai/fal-js/issues/238), and fal has no idempotency key. An order must not be paid twice, so
 * any answer that leaves a doubt is `submit-unconfirmed`.
 */
export const submitRequest =
  (connection: FalConnection, { timeoutSeconds, keepsPayloads }: SubmitOptions) =>
  (submission: Submission): ResultAsync<ProviderRequest, SubmitError> =>
    attempt(() => post(connection, submission, { timeoutSeconds, keepsPayloads }))
      .mapErr((failure) => submitError(connection, submission.order, failure))
      .andThen(readRequest);

async function post(
  { hosts, key, bareFetch, clock }: FalConnection,
  { order, prepared, webhookUrl }: Submission,
  { timeoutSeconds: seconds, keepsPayloads }: SubmitOptions,
): Promise<unknown> {
  const { snapshot } = order;
  const url = new URL(`${hosts.queue}/${snapshot.endpoint}`);
  if (webhookUrl !== undefined) url.searchParams.set("fal_webhook", webhookUrl);
  const init: RequestInit = {
    method: "POST",
    headers: {
      authorization: `Key ${key}`,
      accept: "application/json",
      "content-type": "application/json",
      ...(isImageOrder(order) && { ...shortLived, ...(!keepsPayloads && notStored) }),
    },
    body: JSON.stringify({ ...snapshot.input, ...prepared.input }),
    redirect: "manual",
  };
  const response = await exchange(bareFetch, url, init, { seconds, bytes: longestAnswer });
  if (!response.ok) throw throwable(await readAnswer(response, key, clock.now()));
  return response.json().catch(() => undefined);
}

const longestAnswer = 1024 * 1024;

/**
 * fal deletes the picture an hour after it was made; ours is copied at once. Never sent with a training, because that
 * would delete weights which pictures are made with.
 * https://fal.ai/docs/documentation/model-apis/media-expiration.md
 */
const shortLived = { "x-fal-object-lifecycle-preference": JSON.stringify({ expiration_duration_seconds: 3600 }) };

/** fal stores neither the words nor the result of the request. https://fal.ai/docs/model-apis/data-retention */
const notStored = { "x-fal-store-io": "0" };

function readRequest(answer: unknown): Result<ProviderRequest, SubmitError> {
  const parsed = accepted.safeParse(answer);
  if (!parsed.success) return err({ type: "submit-unconfirmed", detail: "the answer cannot be read" });
  const { request_id, status_url, response_url, cancel_url } = parsed.data;
  return ok({
    requestId: request_id,
    ...(status_url ? { statusUrl: status_url } : {}),
    ...(response_url ? { responseUrl: response_url } : {}),
    ...(cancel_url ? { cancelUrl: cancel_url } : {}),
  });
}

function submitError({ log }: FalConnection, order: Order, failure: FalFailure): SubmitError {
  const { detail } = failure;
  if (failure.type === "silence")
    return { type: failure.sent === "never" ? "submit-deferred" : "submit-unconfirmed", detail };
  const { status, retryAfterSeconds } = failure;
  const type = verdicts[status] ?? (status >= 400 && status < 500 ? "submit-refused" : "submit-unconfirmed");
  if (type === "submit-refused") {
    const reason = reasonIn(failure.body, isTraining(order) ? [trainerFields(order.snapshot).archiveField] : []);
    if (reason === "content_blocked") noteBlocked(log, { orderId: order.id }, failure.body);
    return { type, status, detail, ...(reason && { reason }) };
  }
  if (type === "submit-deferred" && retryAfterSeconds !== undefined) return { type, detail, retryAfterSeconds };
  return { type, detail };
}

const accepted = z.object({
  request_id: z.string().min(1),
  status_url: z.string().nullish(),
  response_url: z.string().nullish(),
  cancel_url: z.string().nullish(),
});
