import { isTraining, type Order } from "@likeness/core";

export type RunsPath = "/trainings" | "/predictions";

/** Where runs of an order's kind are listed. Addresses are built: those that Replicate returns name another path. */
export const runsPath = (order: Order): RunsPath => (isTraining(order) ? "/trainings" : "/predictions");

export const runPath = (order: Order, requestId: string): string =>
  `${runsPath(order)}/${encodeURIComponent(requestId)}`;

/** `owner/name` with an optional version: 64 hex digits. */
const endpointForm = /^([\w.-]+\/[\w.-]+)(?::([0-9a-f]{64}))?$/;

export interface Endpoint {
  readonly model: string;
  readonly version?: string | undefined;
}

/** `undefined`: it is none. */
export function endpointIn(endpoint: string): Endpoint | undefined {
  const [, model, version] = endpointForm.exec(endpoint) ?? [];
  return model === undefined || model.includes("..") ? undefined : { model, version };
}
