import type { ResultAsync } from "neverthrow";
import { guardJob } from "../blobs/guard-blob.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileTooLarge, ProviderError, RequestNotFound } from "../ports/training-provider.ts";
import { idsOf, type Training } from "../trainings/training.ts";
import { checkedFile, type FileName, type WrongContent } from "./checked-file.ts";
import type { Model, ModelFile } from "./model.ts";

type CopyError = ProviderError | RequestNotFound | FileTooLarge | WrongContent | BlobFailure;

/** A file that could not be copied, and why. */
export interface FailedFile {
  readonly file: FileName;
  readonly error: Omit<CopyError, "cause">;
}

export interface CopiedModel {
  /** The model with the blob keys of all files copied by now, and a mark on those that are given up. */
  readonly model: Model;
  /** Files that another attempt may copy. */
  readonly missing: readonly FailedFile[];
  /** Files that this attempt gave up. */
  readonly givenUp: readonly FailedFile[];
}

type CopyPorts = Pick<Ports, "store" | "models" | "blobs" | "clock" | "policy" | "log">;

/**
 * How long a failed copy is retried: it `ends` at once, is retried until its `deadline`, or `always`. A refusal is
 * retried because a file host that answers 403 or 404 may have the file a second later; a failure of our own blob
 * store, because it says nothing about the file.
 */
const patience = {
  "provider-unavailable": "deadline",
  "provider-refused": "deadline",
  "request-not-found": "deadline",
  "wrong-content": "deadline",
  "file-too-large": "ends",
  "blob-failure": "always",
} as const satisfies Record<CopyError["type"], "ends" | "deadline" | "always">;

/**
 * Copies the files of a model that are not in our own blob store yet. If one fails, the others are still copied.
 * `overdue`: the deadline has passed, so a file that fails now is given up.
 */
export async function copyModel(
  ports: CopyPorts,
  training: Training,
  original: Model,
  overdue: boolean,
): Promise<CopiedModel> {
  let model = original;
  const missing: FailedFile[] = [];
  const givenUp: FailedFile[] = [];
  for (const name of ["weights", "config"] as const) {
    const file = original[name];
    if (!file || file.blobKey !== undefined || file.givenUp) continue;
    const copied = await copyFile(ports, training, name, file);
    if (copied.isOk()) {
      model = { ...model, [name]: { ...file, blobKey: copied.value } };
      continue;
    }
    const failed: FailedFile = { file: name, error: withoutCause(copied.error) };
    const tried = patience[copied.error.type];
    if (tried === "ends" || (tried === "deadline" && overdue)) {
      givenUp.push(failed);
      model = { ...model, [name]: { ...file, givenUp: true } };
    } else {
      missing.push(failed);
      ports.log.warn({ ...idsOf(training), ...failed }, "a file of a model could not be copied yet");
    }
  }
  return { model, missing, givenUp };
}

/**
 * The file is checked while it is stored, so the blob store keeps nothing of bytes that fail the check. Its key is
 * known only when all bytes were read; the blob store announces it then, and a job that guards the blob is enqueued.
 */
const copyFile = (
  ports: CopyPorts,
  { avatarId, snapshot }: Training,
  name: FileName,
  file: ModelFile,
): ResultAsync<string, CopyError> =>
  ports.models.open(file).andThen((source) => {
    const { stream, problem } = checkedFile(source, name, file, snapshot.weightsFormat);
    const guard = (blobKey: string) => ports.store.jobs.enqueue(guardJob(ports, { avatarId, blobKey }));
    return ports.blobs.put(stream, guard).mapErr((failure): CopyError => problem() ?? abandon(stream, failure));
  });

/** Cancels the stream: a blob store that fails may not have read it, which would leave a connection open. */
function abandon(stream: ReadableStream<Uint8Array>, failure: BlobFailure): BlobFailure {
  if (!stream.locked) void stream.cancel().catch(() => undefined);
  return failure;
}

/** The cause is not logged as it is, because it may hold a URL or other data of the file. */
function withoutCause(error: CopyError): FailedFile["error"] {
  return error.type === "blob-failure" ? { type: error.type } : error;
}
