import {
  isImageOrder,
  isTraining,
  requestOf,
  type Order,
  type OrderEvent,
  type Outcome,
  type ProviderError,
  type ProviderRequest,
  type RequestNotFound,
} from "@likeness/core";
import { err, errAsync, ok, ResultAsync, type Result } from "neverthrow";
import { answerDetail } from "../http/answer-detail.ts";
import { attempt } from "../http/attempt.ts";
import type { FalConnection } from "../http/connection.ts";
import { isGone, isPassing, providerError, requestError, type FalAnswer, type FalFailure } from "../http/failure.ts";
import { plainDetail } from "../http/plain-detail.ts";
import { readModel } from "../outcomes/read-model.ts";
import { readPicture } from "../outcomes/read-picture.ts";
import { trainerFields } from "../profiles/trainer-fields.ts";
import { falRecipes } from "../recipes/fal-recipes.ts";
import { failedEvent } from "./failed-event.ts";
import { findListed } from "./request-list.ts";
import { askStatus, progressEvent, queueStatus, type QueueStatus } from "./request-status.ts";

type Seen = Result<OrderEvent, ProviderError | RequestNotFound>;

/**
 * Asks for the status of a request, and for its result unless the status says that it still waits or runs. fal's queue
 * has no status for failed requests: a failed one is completed, and its result is the model's own error status
 * (https://fal.ai/docs/inference-api/queue/result). The status tells whether an error is the model's or fal's.
 */
export const lookAtRequest =
  (connection: FalConnection) =>
  (order: Order): ResultAsync<OrderEvent, ProviderError | RequestNotFound> => {
    const request = requestOf(order);
    return request ? new ResultAsync(look(connection, order, request)) : errAsync({ type: "request-not-found" });
  };

async function look(connection: FalConnection, order: Order, request: ProviderRequest): Promise<Seen> {
  const { requestId } = request;
  const status = await askStatus(connection, order.snapshot.endpoint, request);
  const progress = status.isOk() ? progressEvent(requestId, status.value, stepsOf(order)) : undefined;
  if (progress) return ok(progress);
  if (status.isErr() && !mayHaveResult(status.error)) return err(requestError(status.error));

  const answer = await askResult(connection, order, request);
  const outcome = answer.isOk() ? readOutcome(connection, order, answer.value) : undefined;
  if (outcome) return ok(succeeded(requestId, outcome, status.unwrapOr(undefined)));

  const failure = answer.isErr() ? answer.error : undefined;
  if (failure?.type === "silence" || failure?.status === 429) return err(providerError(failure));
  if (failure && stillInProgress.test(failure.detail)) return ok({ type: "running", requestId });
  if (status.isErr() && !isGone(status.error)) return err(requestError(status.error));

  const isEmpty = answer.isOk() && !holdsOutput(answer.value);
  return (
    judge(connection, order, { requestId, failure, isEmpty, status: status.unwrapOr(undefined) }) ??
    resultFromList(connection, order, requestId)
  );
}

/** A paid result must not depend on the status: fal may have deleted it, or be unable to tell it now. */
const mayHaveResult = (failure: FalFailure): boolean =>
  isGone(failure) || failure.type === "silence" || failure.status >= 500;

const stepsOf = (order: Order): number | undefined => (isTraining(order) ? order.snapshot.steps : undefined);

/** What came out; `undefined` when the answer holds nothing that an order of its kind yields. */
function readOutcome({ log }: FalConnection, order: Order, answer: unknown): Outcome | undefined {
  if (isTraining(order)) return readModel(answer, trainerFields(order.snapshot));
  // A host's own kinds of order yield what the endpoints of the default recipes do.
  const read = readPicture(answer, isImageOrder(order) ? [order.snapshot] : Object.values(falRecipes));
  if (read?.isUnflagged) log.error({ orderId: order.id }, "fal did not say whether a picture is safe");
  return read?.outcome;
}

function succeeded(requestId: string, outcome: Outcome, status: QueueStatus | undefined): OrderEvent {
  const ranSeconds = status?.metrics?.inference_time;
  return { type: "succeeded", requestId, outcome, ...(ranSeconds === undefined ? {} : { ranSeconds }) };
}

const stillInProgress = /still in progress/i;

const askResult = (
  { client }: FalConnection,
  { snapshot }: Order,
  { requestId, responseUrl }: ProviderRequest,
): ResultAsync<unknown, FalFailure> =>
  attempt(() => client(responseUrl).queue.result(snapshot.endpoint, { requestId: encodeURIComponent(requestId) })).map(
    ({ data }): unknown => data,
  );

interface Completed {
  readonly requestId: string;
  readonly failure: FalAnswer | undefined;
  readonly isEmpty: boolean;
  readonly status: QueueStatus | undefined;
}

/** The outcome of a completed request; `undefined` when this answer does not tell. */
function judge({ log }: FalConnection, order: Order, completed: Completed): Seen | undefined {
  const { requestId, failure, isEmpty, status } = completed;
  const failed = (detail: string): Seen =>
    ok(failedEvent({ requestId, detail, body: failure?.body, archiveFields: archiveFieldsOf(order) }, log));
  if (status?.error) return failed(answerDetail(failure?.body) ?? errorText(status.error));
  if (isEmpty) return undefined;
  if (!failure) return failed("the result has none of the files that were ordered");
  if (isGone(failure)) return undefined;
  if (isPassing(failure) || failure.status === 401 || failure.status === 403) return err(providerError(failure));
  return failed(failure.detail);
}

const archiveFieldsOf = (order: Order): string[] =>
  isTraining(order) ? [trainerFields(order.snapshot).archiveField] : [];

/** Whether an answer is a model's output, and not empty or a status of the queue. */
const holdsOutput = (answer: unknown): boolean =>
  typeof answer === "object" &&
  answer !== null &&
  Object.keys(answer).length > 0 &&
  !queueStatus.safeParse(answer).success;

const errorText = (error: unknown): string => (typeof error === "string" ? plainDetail(error) : "the request failed");

/** fal keeps a result for an hour or less where it is asked for first, and for 30 days in its list of requests. */
const resultFromList = (connection: FalConnection, order: Order, requestId: string): Promise<Seen> => {
  const query = { endpoint_id: order.snapshot.endpoint, request_id: requestId };
  return findListed(connection, query, ({ request_id }) => request_id === requestId).match(
    (listed): Seen => {
      const outcome = readOutcome(connection, order, listed?.json_output);
      if (outcome) return ok({ type: "succeeded", requestId, outcome });
      if (listed?.status_code && listed.status_code >= 400) {
        const body = listed.json_output;
        const detail = answerDetail(body) ?? `status ${listed.status_code}`;
        const archiveFields = archiveFieldsOf(order);
        return ok(failedEvent({ requestId, detail, body, archiveFields }, connection.log));
      }
      return err({ type: "request-not-found" });
    },
    (failure) => err(isPassing(failure) ? providerError(failure) : { type: "request-not-found" }),
  );
};
