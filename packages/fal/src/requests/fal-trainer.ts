import { tmpdir } from "node:os";
import { isTraining, type Provider } from "@likeness/core";
import { okAsync } from "neverthrow";
import { sweepArchives } from "../archive/sweep-archives.ts";
import { archiveUpload } from "../archive/upload-archive.ts";
import { falConnection, type FalConnectionOptions } from "../http/connection.ts";
import { cancelOrder } from "./cancel-request.ts";
import { eraseOrder } from "./erase-request.ts";
import { findOrder } from "./find-request.ts";
import { lookAtOrder } from "./look-at-request.ts";
import { submitOrder } from "./submit-request.ts";

export interface FalTrainerOptions extends FalConnectionOptions {
  /**
   * Directory for archives until they are uploaded, in a folder that no other user can read. Default: the system's
   * temporary directory. The files of processes that died are deleted when the trainer is created.
   */
  readonly temporaryDirectory?: string | undefined;
  /** After how long fal deletes an uploaded archive, default 7 days. It must be longer than the queue. */
  readonly archiveExpirySeconds?: number | undefined;
  /** Longest wait for the answer to the one paid request, default 25. After that the training is unconfirmed. */
  readonly submitTimeoutSeconds?: number | undefined;
}

/**
 * Trains at fal.ai.
 *
 * @example
 * const key = process.env.FAL_KEY;
 * if (key === undefined) throw new Error("set FAL_KEY");
 * const provider = falTrainer({ key });
 */
export function falTrainer(options: FalTrainerOptions): Required<Provider> {
  const { temporaryDirectory = tmpdir(), archiveExpirySeconds = 604_800, submitTimeoutSeconds = 25 } = options;
  const connection = falConnection(options);
  // At the start and not before the next upload, because after an erasure there may be no other upload.
  void sweepArchives(temporaryDirectory);
  const upload = archiveUpload(connection, { temporaryDirectory, archiveExpirySeconds });
  return {
    name: "fal",
    prepare: (order, archive) =>
      isTraining(order)
        ? upload(archive).map((url) => ({ input: { [order.snapshot.archiveField]: url } }))
        : okAsync({ input: {} }),
    submit: submitOrder(connection, submitTimeoutSeconds),
    look: lookAtOrder(connection),
    cancel: cancelOrder(connection),
    find: findOrder(connection),
    erase: eraseOrder(connection),
  };
}
