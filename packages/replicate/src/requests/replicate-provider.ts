import { defaultPolicy, type Provider } from "@likeness/core";
import { replicateChecks } from "../checks/replicate-checks.ts";
import { replicateConnection, type ReplicateConnectionOptions } from "../http/connection.ts";
import { cancelRequest } from "./cancel-request.ts";
import { eraseRequest } from "./erase-request.ts";
import { findRequest } from "./find-request.ts";
import { lookAtRequest } from "./look-at-request.ts";
import { prepareOrder, type AddressOf } from "./prepare-order.ts";
import { submitRequest } from "./submit-request.ts";

export interface ReplicateProviderOptions extends ReplicateConnectionOptions {
  /**
   * `owner/name`: the model that gets what trainings yield, one for all. It is made when it is missing, and must be
   * private.
   */
  readonly destination: string;
  /**
   * The address by which Replicate reads our copy of an avatar's weights, once their own is gone: https, without a key, at
   * least for an hour, e.g. one that a store has signed. Its path ends with `.safetensors`. Absent: a picture whose weights
   * cannot be read fails.
   */
  readonly weightsAddress?: AddressOf | undefined;
  /** Longest wait for the answer to the one paid request; default: the policy's. After that the order is unconfirmed. */
  readonly submitTimeoutSeconds?: number | undefined;
}

/**
 * Trainings and pictures at Replicate. `erase` deletes uploads and what a training yielded, and refuses the record of the
 * training, which no call deletes. A picture is erased once Replicate has removed it, an hour after its end.
 *
 * @example
 * const provider = replicateProvider({ token, destination: "acme/likeness" });
 */
export function replicateProvider(options: ReplicateProviderOptions): Required<Provider> {
  const { destination, weightsAddress } = options;
  const { submitTimeoutSeconds: timeoutSeconds = defaultPolicy.submitTimeoutSeconds } = options;
  if (!/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(destination)) throw new Error("the destination must be owner/name");
  const connection = replicateConnection(options);
  return {
    name: "replicate",
    prepare: prepareOrder(connection, { destination, weightsAddress }),
    submit: submitRequest(connection, { destination, timeoutSeconds }),
    look: lookAtRequest(connection),
    cancel: cancelRequest(connection),
    find: findRequest(connection),
    erase: eraseRequest(connection, destination),
    erasesPart: true,
    checks: replicateChecks(connection, destination),
  };
}
