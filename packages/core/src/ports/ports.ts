import type { OrderKinds } from "../orders/order-kind.ts";
import type { OutsidePorts } from "./outside-ports.ts";

/** All ports. Each function of the core takes only those that it names. */
export interface Ports extends OutsidePorts {
  readonly kinds: OrderKinds;
}
