import type { ResultAsync } from "neverthrow";
import { guardJob } from "../blobs/guard-blob.ts";
import type { BlobFailure } from "../ports/blob-store.ts";
import type { Ports } from "../ports/ports.ts";
import type { FileTooLarge, ProviderError, RequestNotFound } from "../ports/provider.ts";
import { checkedFile, type WrongContent } from "./checked-file.ts";
import { kindOf } from "./order-kind.ts";
import { idsOf, type Order } from "./order.ts";
import type { Outcome, OutcomeFile } from "./outcome.ts";

type CopyError = ProviderError | RequestNotFound | FileTooLarge | WrongContent | BlobFailure;

/** A file that could not be copied, and why. */
export interface FailedFile {
  /** Its name in the outcome. */
  readonly file: string;
  readonly error: Omit<CopyError, "cause">;
}

export interface CopiedOutcome {
  /** With the blob keys of all files copied by now, and a mark on those that are given up. */
  readonly outcome: Outcome;
  /** Files that another attempt may copy. */
  readonly missing: readonly FailedFile[];
  /** Files that this attempt gave up. */
  readonly givenUp: readonly FailedFile[];
}

type CopyPorts = Pick<Ports, "store" | "outcomes" | "blobs" | "clock" | "policy" | "kinds" | "log">;

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
 * Copies the files of an outcome that are not in our own blob store yet. If one fails, the others are still copied.
 * `overdue`: the deadline has passed, so a file that fails now is given up.
 */
export async function copyOutcome(
  ports: CopyPorts,
  order: Order,
  original: Outcome,
  overdue: boolean,
): Promise<CopiedOutcome> {
  let outcome = original;
  const missing: FailedFile[] = [];
  const givenUp: FailedFile[] = [];
  for (const [name, file] of Object.entries(original)) {
    if (!file || file.blobKey !== undefined || file.givenUp) continue;
    const copied = await copyFile(ports, order, name, file);
    if (copied.isOk()) {
      outcome = { ...outcome, [name]: { ...file, blobKey: copied.value } };
      continue;
    }
    const failed: FailedFile = { file: name, error: withoutCause(copied.error) };
    const tried = patience[copied.error.type];
    if (tried === "ends" || (tried === "deadline" && overdue)) {
      givenUp.push(failed);
      outcome = { ...outcome, [name]: { ...file, givenUp: true } };
    } else {
      missing.push(failed);
      ports.log.warn({ ...idsOf(order), ...failed }, "a file of an outcome could not be copied yet");
    }
  }
  return { outcome, missing, givenUp };
}

/**
 * Logs one error with the owner's id for the files that were given up: an operator has to decide what to do. Called after
 * the row is written: an attempt whose write fails is repeated.
 */
export function logGivenUp({ log }: Pick<Ports, "log">, order: Order, { givenUp }: CopiedOutcome): void {
  if (givenUp.length > 0)
    log.error({ ...idsOf(order), files: givenUp }, "an outcome could not be copied and is given up");
}

/**
 * The file is checked while it is stored, so the blob store keeps nothing of bytes that fail the check. Its key is
 * known only when all bytes were read; the blob store announces it then, and a job that guards the blob is enqueued.
 */
const copyFile = (ports: CopyPorts, order: Order, name: string, file: OutcomeFile): ResultAsync<string, CopyError> =>
  ports.outcomes.open(file).andThen((source) => {
    const { stream, problem } = checkedFile(source, file, kindOf(ports, order).checks(name, order));
    const guard = (blobKey: string) => ports.store.jobs.enqueue(guardJob(ports, { avatarId: order.avatarId, blobKey }));
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
