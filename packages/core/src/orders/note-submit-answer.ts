import { ok, okAsync, safeTry, type Result, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { deferral, jobDone } from "../jobs/jobs.ts";
import { tellOwner } from "../messages/tell-owner.ts";
import { atomically } from "../ports/atomically.ts";
import type { JobOutcome } from "../ports/job-queue.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { SubmitError } from "../ports/provider.ts";
import { addSeconds } from "../values/timestamp.ts";
import { changeOrder, holdOrder, moveOrder, type ChangePorts, type MovePorts } from "./change-order.ts";
import { cancelErased, eraseTraces } from "./erase-at-provider.ts";
import type { FailureReason } from "./failure-reason.ts";
import { kindOf } from "./order-kind.ts";
import { advanceOrder } from "./order-lifecycle.ts";
import { idsOf, requestOf, type Order, type ProviderRequest } from "./order.ts";
import { enqueuePoll, firstPollSeconds } from "./poll-schedule.ts";

type NotePorts = MovePorts & Pick<BoundPorts, "provider" | "log">;

/** Applies the provider's answer to the one submit. `requestedUntil`: when a deferred order is given up. */
export function noteSubmitAnswer(
  ports: NotePorts,
  order: Order,
  answer: Result<ProviderRequest, SubmitError>,
  requestedUntil: string | undefined,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  const { id: orderId } = order;
  if (answer.isOk())
    return acceptOrder(ports, orderId, answer.value)
      .andThen((noted) => (noted === "gone" ? cancelAndErase(ports, order, answer.value) : okAsync(undefined)))
      .map(() => jobDone);
  const { error } = answer;
  switch (error.type) {
    // Not retried, unlike a refused poll: a refused submit means that nothing runs, and the owner can start again at
    // once.
    case "submit-refused":
      return rejectOrder(ports, {
        orderId,
        seen: "submitting",
        reason: error.reason ?? "rejected",
        detail: error.detail,
      });
    case "submit-deferred": {
      ports.log.warn({ ...idsOf(order), detail: error.detail }, "the provider takes the order later");
      const later = deferral(ports, error.retryAfterSeconds, requestedUntil);
      return deferOrder(ports, orderId, later.at).map(() => later);
    }
    case "submit-unconfirmed":
      ports.log.warn({ ...idsOf(order), detail: error.detail }, "the provider did not confirm the order");
      return markUnknown(ports, orderId).map(() => jobDone);
  }
}

/** The avatar was erased during the request, so the accepted order is cancelled and erased at the provider. */
function cancelAndErase(ports: NotePorts, order: Order, request: ProviderRequest) {
  ports.log.error({ ...idsOf(order), requestId: request.requestId }, "the provider accepted an erased order");
  const accepted = advanceOrder(order, { type: "accept", request, at: ports.clock.now() });
  return accepted.asyncAndThen((submitted) =>
    cancelErased(ports, submitted).andThen(() => eraseTraces(ports.store, ports, [submitted])),
  );
}

/** The provider certainly did not accept it, so it goes back to `requested` and may be submitted again. */
const deferOrder = (ports: MovePorts, orderId: string, nextCheckAt: string) =>
  moveOrder(ports, orderId, ({ state }) =>
    state.status === "submitting" ? { transitions: [{ type: "retry" }], nextCheckAt } : undefined,
  );

type AcceptPorts = ChangePorts & Pick<BoundPorts, "store" | "log">;

/**
 * Notes that the provider accepted the order, as its answer or its list says. A webhook may have said so before. A
 * order that was given up meanwhile keeps its outcome and gets the request too, so that a later delivery with its
 * request id is recognised. `gone`: the order was erased.
 */
export function acceptOrder(
  ports: AcceptPorts,
  orderId: string,
  request: ProviderRequest,
): ResultAsync<"noted" | "gone", IllegalTransition | StorageFailure> {
  return atomically(ports.store, (tx) =>
    safeTry(async function* () {
      const order = yield* holdOrder(tx, orderId);
      if (!order) return ok("gone" as const);
      yield* accept(tx, ports, order, request);
      return ok("noted" as const);
    }),
  );
}

function accept(
  tx: Repositories,
  ports: AcceptPorts,
  order: Order,
  request: ProviderRequest,
): ResultAsync<unknown, IllegalTransition | SaveError> {
  const { clock, log } = ports;
  const { id: orderId, state } = order;
  const at = clock.now();
  switch (state.status) {
    case "submitting":
    case "unknown": {
      const nextCheckAt = addSeconds(at, firstPollSeconds(ports, order));
      return changeOrder(tx, ports, { ...order, nextCheckAt }, [{ type: "accept", request, at }]).andThen(() =>
        enqueuePoll(tx, orderId, nextCheckAt),
      );
    }
    case "failed":
    case "cancelled":
      log.error(
        { ...idsOf(order), requestId: request.requestId, status: state.status },
        "the provider accepted an order that was given up",
      );
      return state.request ? okAsync(undefined) : tx.orders.save({ ...order, state: { ...state, request } });
    case "submitted":
    case "succeeded":
      if (requestOf(order)?.requestId !== request.requestId)
        log.error(
          { ...idsOf(order), otherRequestId: request.requestId },
          "the provider has two requests for one order",
        );
      return okAsync(undefined);
    case "requested":
      return okAsync(undefined);
  }
}

/** Marks an order as `unknown`: the provider may have it. Tells the owner and polls the provider, both at once. */
export function markUnknown(
  ports: MovePorts,
  orderId: string,
): ResultAsync<Order | undefined, IllegalTransition | StorageFailure> {
  return moveOrder(ports, orderId, (seen) => {
    if (seen.state.status !== "submitting") return undefined;
    const at = ports.clock.now();
    const content = kindOf(ports, seen).messages.unconfirmed;
    return {
      transitions: [{ type: "lose" }],
      nextCheckAt: at,
      alongside: (tx, order) =>
        tx.avatars
          .find(order.avatarId)
          .andThen((avatar) =>
            avatar && content ? tellOwner(tx, ports, { avatar, orderId, content, dueAt: at }) : okAsync(undefined),
          )
          .andThen(() => enqueuePoll(tx, orderId, at)),
    };
  });
}

export interface Rejection {
  readonly orderId: string;
  /** The status that the caller read. In any other status the order is left alone: it may be at the provider. */
  readonly seen: "requested" | "submitting";
  readonly reason: FailureReason;
  readonly detail?: string;
}

/** Ends an order that certainly never ran at the provider. */
export function rejectOrder(
  ports: MovePorts & Pick<BoundPorts, "log">,
  { orderId, seen, ...why }: Rejection,
): ResultAsync<JobOutcome, IllegalTransition | StorageFailure> {
  return moveOrder(ports, orderId, ({ state }) => {
    if (state.status !== seen) return undefined;
    const at = ports.clock.now();
    return { transitions: [{ type: "reject", ...why, at }], nextCheckAt: at };
  }).map((rejected) => {
    if (rejected) ports.log.error({ ...idsOf(rejected), ...why }, "the order was not submitted");
    return jobDone;
  });
}
