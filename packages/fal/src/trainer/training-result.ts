import {
  requestOf,
  type ProviderError,
  type ProviderRequest,
  type RequestNotFound,
  type Training,
  type OrderEvent,
} from "@likeness/core";
import { err, errAsync, ok, ResultAsync, type Result } from "neverthrow";
import { answerDetail } from "../http/answer-detail.ts";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { isGone, isPassing, providerError, type FalAnswer, type FalFailure } from "../http/failure.ts";
import { plainDetail } from "../http/plain-detail.ts";
import { readModel } from "../model/read-model.ts";
import { findListed } from "./request-list.ts";
import { askStatus, queueStatus, type QueueStatus } from "./training-status.ts";

type Outcome = Result<OrderEvent, ProviderError | RequestNotFound>;

/**
 * Fetches the outcome of a training. fal's queue has no status for failed requests: a failed one is completed, and its
 * result is the model's own error status (https://fal.ai/docs/inference-api/queue/result). The request's status tells
 * whether an error is the model's or fal's.
 */
export const trainingResult =
  (connection: FalConnection) =>
  (training: Training): ResultAsync<OrderEvent, ProviderError | RequestNotFound> => {
    const request = requestOf(training);
    return request ? new ResultAsync(look(connection, training, request)) : errAsync({ type: "request-not-found" });
  };

async function look(connection: FalConnection, training: Training, request: ProviderRequest): Promise<Outcome> {
  const { requestId } = request;
  const running: Outcome = ok({ type: "running", requestId });

  const answer = await askResult(connection, training, request);
  const model = answer.isOk() ? readModel(answer.value, training.snapshot) : undefined;
  if (model) return ok({ type: "succeeded", requestId, outcome: model });

  const failure = answer.isErr() ? answer.error : undefined;
  if (failure?.type === "silence" || failure?.status === 429) return err(providerError(failure));
  if (failure && stillInProgress.test(failure.detail)) return running;

  const status = await askStatus(connection, training.snapshot.endpoint, request);
  if (status.isErr() && !isGone(status.error)) return err(providerError(status.error));
  if (status.isOk() && status.value.status !== "COMPLETED") return running;

  const isEmpty = answer.isOk() && !holdsOutput(answer.value);
  const verdict = judge(requestId, failure, isEmpty, status.isOk() ? status.value : undefined);
  return verdict ?? resultFromList(connection, training, requestId);
}

const stillInProgress = /still in progress/i;

const askResult = (
  { client }: FalConnection,
  { snapshot }: Training,
  { requestId, responseUrl }: ProviderRequest,
): ResultAsync<unknown, FalFailure> =>
  attempt(() => client(responseUrl).queue.result(snapshot.endpoint, { requestId: encodeURIComponent(requestId) })).map(
    ({ data }): unknown => data,
  );

/** The outcome of a completed request; `undefined` when this answer does not tell. */
function judge(
  requestId: string,
  failure: FalAnswer | undefined,
  isEmpty: boolean,
  status: QueueStatus | undefined,
): Outcome | undefined {
  const failed = (detail: string): Outcome => ok({ type: "failed", requestId, detail });
  if (status?.error) return failed(answerDetail(failure?.body) ?? errorText(status.error));
  if (isEmpty) return undefined;
  if (!failure) return failed("the result has no weights file");
  if (isGone(failure)) return undefined;
  if (isPassing(failure) || failure.status === 401 || failure.status === 403) return err(providerError(failure));
  return failed(failure.detail);
}

/** Whether an answer is a trainer's output, and not empty or a status of the queue. */
const holdsOutput = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  Object.keys(answer).length > 0 &&
  !queueStatus.safeParse(answer).success;

const errorText = (error: unknown): string => (typeof error === "string" ? plainDetail(error) : "the training failed");

/** fal keeps a result for an hour or less where it is asked for first, and for 30 days in its list of requests. */
const resultFromList = (connection: FalConnection, { snapshot }: Training, requestId: string): Promise<Outcome> => {
  const query = { endpoint_id: snapshot.endpoint, request_id: requestId };
  return findListed(connection, query, ({ request_id }) => request_id === requestId).match(
    (listed): Outcome => {
      const model = readModel(listed?.json_output, snapshot);
      if (model) return ok({ type: "succeeded", requestId, outcome: model });
      if (listed?.status_code && listed.status_code >= 400)
        return ok({
          type: "failed",
          requestId,
          detail: answerDetail(listed.json_output) ?? `status ${listed.status_code}`,
        });
      return err({ type: "request-not-found" });
    },
    (failure) => err(isPassing(failure) ? providerError(failure) : { type: "request-not-found" }),
  );
};
