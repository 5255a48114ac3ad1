import { defaultPolicy, type Provider } from "@likeness/core";
import { replicateConnection, type ReplicateConnectionOptions } from "../http/connection.ts";
import { cancelRequest } from "./cancel-request.ts";
import { findRequest } from "./find-request.ts";
import { lookAtRequest } from "./look-at-request.ts";
import { prepareOrder } from "./prepare-order.ts";
import { submitRequest } from "./submit-request.ts";

export interface ReplicateProviderOptions extends ReplicateConnectionOptions {
  /**
   * `owner/name`: the model that gets what trainings yield, one for all. It is made when it is missing, and must be
   * private.
   */
  readonly destination: string;
  /** Longest wait for the answer to the one paid request; default: the policy's. After that the order is unconfirmed. */
  readonly submitTimeoutSeconds?: number | undefined;
}

/**
 * Trainings and pictures at Replicate. It has no `erase`: Replicate removes the data of predictions and uploads by itself,
 * and the API erases no training.
 *
 * @example
 * const provider = replicateProvider({ token, destination: "acme/likeness" });
 */
export function replicateProvider(
  options: ReplicateProviderOptions,
): Provider & Required<Pick<Provider, "cancel" | "find">> {
  const { destination, submitTimeoutSeconds: timeoutSeconds = defaultPolicy.submitTimeoutSeconds } = options;
  if (!/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(destination)) throw new Error("the destination must be owner/name");
  const connection = replicateConnection(options);
  return {
    name: "replicate",
    prepare: prepareOrder(connection, destination),
    submit: submitRequest(connection, { destination, timeoutSeconds }),
    look: lookAtRequest(connection),
    cancel: cancelRequest(connection),
    find: findRequest(connection),
  };
}
