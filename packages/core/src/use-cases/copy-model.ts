import type { ResultAsync } from "neverthrow";
import type { Model, ModelFile } from "../domain/model.ts";
import type { Training } from "../domain/training.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileTooLarge, ProviderError, RequestNotFound } from "../ports/training-provider.ts";

import { idsOf } from "./ids-of.ts";
import { checkedFile, type FileName, type WrongContent } from "./checked-file.ts";
import { guardJob } from "./guard-blob.ts";

type CopyError = ProviderError | RequestNotFound | FileTooLarge | WrongContent | BlobFailure;

/** A file that could not be copied, and why. */
export interface FailedFile {
  readonly file: FileName;
  readonly error: Omit<CopyError, "cause">;
}

export interface CopiedModel {
  /** With the keys of all files that are in our own blobs now, and a mark on those that are given up. */
  readonly model: Model;
  /** Another try may bring them. */
  readonly missing: readonly FailedFile[];
  /** Given up by this try. */
  readonly givenUp: readonly FailedFile[];
}

type CopyPorts = Pick<Ports, "store" | "models" | "blobs" | "clock" | "log">;

/**
 * What a failed copy comes to: `ends` at once, is tried until its `deadline`, or `always`. A refusal may pass: a file host
 * that says 403 or 404 now has the file a second later. That our own blobs fail says nothing about the file.
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
 * Copies the files of a model that are not in our own blobs yet. One that fails does not take the others along.
 * `overdue`: what fails now has been tried long enough.
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
 * Checked while it is stored: of bytes that are not what they should be, the blob store keeps nothing. Which blob it is shows
 * in the end only, so the blob store says when to have it guarded.
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

/** A blob store that fails may leave the stream unread, and with it a connection open. */
function abandon(stream: ReadableStream<Uint8Array>, failure: BlobFailure): BlobFailure {
  if (!stream.locked) void stream.cancel().catch(() => undefined);
  return failure;
}

/** The cause is whatever was thrown, and may hold anything. */
function withoutCause(error: CopyError): FailedFile["error"] {
  return error.type === "blob-failure" ? { type: error.type } : error;
}
