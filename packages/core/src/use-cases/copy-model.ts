import type { Model } from "../domain/model.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { ProviderError, RequestNotFound } from "../ports/training-provider.ts";

type CopyError = ProviderError | RequestNotFound | BlobFailure;

export interface CopiedModel {
  /** With the keys of all files that are in our own blobs now. */
  readonly model: Model;
  /** Whether a file is missing that another try may bring. */
  readonly unfinished: boolean;
}

/** What a failed copy means. A file that is gone will not come back; the avatar works for as long as its link does. */
const mayPass = {
  "provider-unavailable": true,
  "blob-failure": true,
  "provider-refused": false,
  "request-not-found": false,
} as const satisfies Record<CopyError["type"], boolean>;

/** Copies the files of a model that are not in our own blobs yet. One that fails does not take the others along. */
export async function copyModel(
  { models, blobs, log }: Pick<Ports, "models" | "blobs" | "log">,
  original: Model,
): Promise<CopiedModel> {
  let model = original;
  let unfinished = false;
  for (const name of ["weights", "config"] as const) {
    const file = original[name];
    if (!file || file.blobKey !== undefined) continue;
    const copied = await models.open(file).andThen((stream) => blobs.put(stream));
    if (copied.isOk()) {
      model = { ...model, [name]: { ...file, blobKey: copied.value } };
      continue;
    }
    const told = { file: name, error: copied.error.type };
    if (mayPass[told.error]) {
      unfinished = true;
      log.warn(told, "a file of a model could not be copied yet");
    } else log.error(told, "a file of a model is gone before it was copied");
  }
  return { model, unfinished };
}
