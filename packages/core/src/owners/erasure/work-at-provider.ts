import { traceOf } from "../../orders/erase-at-provider.ts";
import type { Order } from "../../orders/order.ts";
import type { BoundPorts } from "../../ports/ports.ts";
import type { OrderTrace } from "../../ports/provider.ts";
import { addSeconds } from "../../values/timestamp.ts";
import { withLeft, type LeftBehind, type OrderToErase } from "./erasure.ts";

export interface WorkAtProvider {
  /** What the provider is asked to erase. */
  readonly asked: readonly OrderToErase[];
  /** What nobody can erase. */
  readonly left: readonly LeftBehind[];
}

/** What the provider has of erased orders. One of which it can have nothing is left out. */
export function workAtProvider(
  ports: Pick<BoundPorts, "provider" | "clock" | "policy">,
  orders: readonly Order[],
): WorkAtProvider {
  const { provider, clock, policy } = ports;
  const now = clock.now();
  const until = addSeconds(now, policy.erasureDeadlineSeconds);
  const asked: OrderToErase[] = [];
  let left: LeftBehind[] = [];
  for (const order of orders) {
    const trace = traceOf(order);
    if (!trace || !mayBeThere(trace)) continue;
    if (provider.canErase(order.provider))
      asked.push({ trace: storable(trace), at: now, again: laterTimes(ports, trace), until });
    else left = withLeft(left, { provider: order.provider, reason: "unsupported", requestId: trace.requestId });
  }
  return { asked, left };
}

const mayBeThere = ({ requestId, submitStartedAt, prepared }: OrderTrace): boolean =>
  requestId !== undefined || submitStartedAt !== undefined || Object.keys(prepared?.input ?? {}).length > 0;

/** Only what is needed: a provider may have added more. */
const storable = ({ prepared, ...trace }: OrderTrace): OrderTrace => ({
  ...trace,
  ...(prepared && { prepared: { input: prepared.input } }),
});

/**
 * When to look again for a request whose answer is not known: once the one request can no longer be under way, and when
 * an unconfirmed order would be given up.
 */
function laterTimes(
  { clock, policy }: Pick<BoundPorts, "clock" | "policy">,
  { requestId, submitStartedAt }: OrderTrace,
): string[] {
  if (requestId !== undefined || submitStartedAt === undefined) return [];
  return [2 * policy.submitTimeoutSeconds, policy.unknownDeadlineSeconds]
    .map((seconds) => addSeconds(submitStartedAt, seconds))
    .filter((time) => time > clock.now())
    .toSorted();
}
