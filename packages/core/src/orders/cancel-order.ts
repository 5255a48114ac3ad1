import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { CancelAnswer, Provider, ProviderError, ProviderUnavailable } from "../ports/provider.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { moveOrder, type MovePorts } from "./change-order.ts";
import type { Order } from "./order.ts";
import { enqueuePoll } from "./poll-schedule.ts";

export type CancelOrderError = IllegalTransition | ProviderError | StorageFailure;

export type CancelPorts = MovePorts & Pick<Ports, "provider">;

/**
 * Cancels an order, at the provider first. While it is not known whether the provider has it (`submitting`, `unknown`)
 * it cannot be cancelled: `illegal-transition`. `too-late`: the provider has finished, and the outcome is applied as
 * usual. `undefined`: its status has changed since it was read, so it may not have been cancelled at the provider.
 */
export function cancelOrder(
  ports: CancelPorts,
  order: Order,
): ResultAsync<"cancelled" | "too-late" | undefined, CancelOrderError> {
  return safeTry(async function* () {
    const asked = order.state.status === "submitted" ? yield* cancelAtProvider(ports, order) : "requested";
    if (asked === "too-late")
      return enqueuePoll(ports.store, order.id, ports.clock.now(), ":now").map(() => "too-late" as const);
    const at = ports.clock.now();
    const cancelled = yield* moveOrder(ports, order.id, ({ state }) =>
      state.status === order.state.status ? { transitions: [{ type: "cancel", at }], nextCheckAt: at } : undefined,
    );
    return ok(cancelled && ("cancelled" as const));
  });
}

type Asked = ResultAsync<CancelAnswer, ProviderError>;

/**
 * A request that the provider does not know needs no cancelling. A single such answer may be wrong, though, and the
 * request would go on and cost money.
 */
const cancelAtProvider = ({ provider }: CancelPorts, order: Order): Asked =>
  provider.cancel
    ? provider
        .cancel(order)
        .orElse((error): Asked => (error.type === "request-not-found" ? whenUnknown(provider, order) : errAsync(error)))
    : okAsync("requested");

const whenUnknown = (provider: Provider, order: Order): Asked =>
  provider
    .look(order)
    .andThen(({ type }) => (type === "succeeded" || type === "failed" ? ok("too-late" as const) : err(contradiction)))
    .orElse((error) => (error.type === "request-not-found" ? ok("requested" as const) : err(error)));

const contradiction: ProviderUnavailable = {
  type: "provider-unavailable",
  detail: "the provider did not know the request that it has",
};
