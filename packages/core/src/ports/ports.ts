import type { OrderKinds } from "../orders/order-kind.ts";
import type { OrderProviders, OutcomeSources } from "../orders/order-providers.ts";
import type { OutsidePorts } from "./outside-ports.ts";

/** All ports. Each function of the core takes only those that it names. */
export interface Ports extends OutsidePorts {
  readonly kinds: OrderKinds;
}

/** The ports as `createLikeness` binds them: provider and files are those of each order, of a former provider too. */
export interface BoundPorts extends Ports {
  readonly provider: OrderProviders;
  readonly outcomes: OutcomeSources;
}
