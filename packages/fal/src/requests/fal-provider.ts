import { tmpdir } from "node:os";
import { defaultPolicy, type Provider } from "@likeness/core";
import { sweepArchives } from "../archive/sweep-archives.ts";
import { archiveUpload } from "../archive/upload-archive.ts";
import { entryUpload } from "../archive/upload-entry.ts";
import { falChecks } from "../checks/fal-checks.ts";
import { falConnection, type FalConnectionOptions } from "../http/connection.ts";
import { cancelRequest } from "./cancel-request.ts";
import { eraseRequest } from "./erase-request.ts";
import { findRequest } from "./find-request.ts";
import { lookAtRequest } from "./look-at-request.ts";
import { prepareOrder } from "./prepare-order.ts";
import { submitRequest } from "./submit-request.ts";

export interface FalProviderOptions extends FalConnectionOptions {
  /**
   * Directory for files until they are uploaded, in a folder that no other user can read. Default: the system's
   * temporary directory. The files of processes that died are deleted when the provider is created.
   */
  readonly temporaryDirectory?: string | undefined;
  /** After how long fal deletes an uploaded archive, default 7 days. It must be longer than the queue. */
  readonly archiveExpirySeconds?: number | undefined;
  /**
   * After how long fal deletes an uploaded picture or weights, default one day. Shorter than an archive's, because a
   * picture is drawn within minutes; it must be longer than the deadline of an image order.
   */
  readonly fileExpirySeconds?: number | undefined;
  /**
   * Whether fal stores input and output of image orders for 30 days, default true. Without them, an order whose answer was
   * lost cannot be found by its input, and its result can be had for an hour at most.
   */
  readonly keepsPayloads?: boolean | undefined;
  /** Longest wait for the answer to the one paid request; default: the policy's. After that the order is unconfirmed. */
  readonly submitTimeoutSeconds?: number | undefined;
}

/**
 * Trains models and makes pictures at fal.ai.
 *
 * @example
 * const key = process.env.FAL_KEY;
 * if (key === undefined) throw new Error("set FAL_KEY");
 * const provider = falProvider({ key });
 */
export function falProvider(options: FalProviderOptions): Required<Omit<Provider, "erasesPart">> {
  const {
    temporaryDirectory = tmpdir(),
    archiveExpirySeconds = 604_800,
    fileExpirySeconds = 86_400,
    keepsPayloads = true,
    submitTimeoutSeconds = defaultPolicy.submitTimeoutSeconds,
  } = options;
  const connection = falConnection(options);
  // At the start and not before the next upload, because after an erasure there may be no other upload.
  void sweepArchives(temporaryDirectory);
  const uploads = {
    archive: archiveUpload(connection, { temporaryDirectory, expirySeconds: archiveExpirySeconds }),
    entry: entryUpload(connection, { temporaryDirectory, expirySeconds: fileExpirySeconds }),
  };
  return {
    name: "fal",
    prepare: prepareOrder(uploads),
    submit: submitRequest(connection, { timeoutSeconds: submitTimeoutSeconds, keepsPayloads }),
    look: lookAtRequest(connection),
    cancel: cancelRequest(connection),
    find: findRequest(connection),
    erase: eraseRequest(connection),
    checks: falChecks(connection),
  };
}
