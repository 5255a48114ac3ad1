import { deferral } from "../../jobs/jobs.ts";
import type { BoundPorts } from "../../ports/ports.ts";
import type { ProviderError } from "../../ports/provider.ts";
import { withoutUndefined } from "../../values/without-undefined.ts";
import { withLeft, type LeftBehind, type OrderToErase } from "./erasure.ts";

type OrderPorts = Pick<BoundPorts, "provider" | "clock" | "log">;

/** How many orders are asked about before what was done is stored. */
const batch = 20;

export interface ErasedOrders {
  /** Those that are asked about again. */
  readonly orders: readonly OrderToErase[];
  readonly left: readonly LeftBehind[];
  /** How many are erased now. */
  readonly erased: number;
}

/** Asks the provider to erase its data of the orders that are due, a few at a time. */
export async function eraseOrders(
  ports: OrderPorts,
  orders: readonly OrderToErase[],
  known: readonly LeftBehind[],
): Promise<ErasedOrders> {
  const now = ports.clock.now();
  const due = orders.filter(({ at }) => at <= now).slice(0, batch);
  const waiting = orders.filter((order) => !due.includes(order));
  let left = known;
  let erased = 0;
  const again: OrderToErase[] = [];
  for (const order of due) {
    const verdict = await eraseOrder(ports, order);
    if (verdict === "erased") erased++;
    else if ("trace" in verdict) again.push(verdict);
    else left = withLeft(left, verdict);
  }
  return { orders: [...waiting, ...again], left, erased };
}

type Verdict = "erased" | OrderToErase | Parameters<typeof withLeft>[1];

async function eraseOrder({ provider, ...ports }: OrderPorts, order: OrderToErase): Promise<Verdict> {
  const { trace, again, until } = order;
  const [next, ...rest] = again;
  const { requestId, provider: name = provider.name } = trace;
  const answer = provider.canErase(name) ? await provider.erase?.(trace) : undefined;
  if (!answer) return { provider: name, reason: "unsupported", requestId };
  if (answer.isErr() && answer.error.type === "provider-unavailable") {
    const { detail, retryAfterSeconds } = answer.error;
    if (until <= ports.clock.now()) return leftBy(ports, { provider: name, reason: "gave-up", detail }, order);
    ports.log.warn({ ...idsOf(order), detail }, "erasing at the provider has to wait");
    return { ...order, at: deferral(ports, retryAfterSeconds, until).at };
  }
  // The request may be accepted, or listed, only later.
  if (next !== undefined) return { ...order, at: next, again: rest };
  return answer.isOk() ? "erased" : leftBy(ports, leftOf(name, answer.error), order);
}

const leftOf = (provider: string, error: ProviderError): Omit<LeftBehind, "requestIds" | "orders"> => ({
  provider,
  reason: "refused",
  ...(error.type === "provider-refused" && { status: error.status }),
  detail: error.detail,
});

function leftBy(
  { log }: Pick<BoundPorts, "log">,
  left: Omit<LeftBehind, "requestIds" | "orders">,
  order: OrderToErase,
): Verdict {
  const { reason, status, detail } = left;
  const message = "the provider keeps something of an erased order";
  log[reason === "gave-up" ? "error" : "warn"]({ ...idsOf(order), ...withoutUndefined({ status, detail }) }, message);
  return { ...left, ...withoutUndefined({ requestId: order.trace.requestId }) };
}

const idsOf = ({ trace: { orderId, requestId } }: OrderToErase) => withoutUndefined({ orderId, requestId });
