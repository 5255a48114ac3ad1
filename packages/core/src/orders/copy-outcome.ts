import { okAsync, ResultAsync } from "neverthrow";
import { guardJob } from "../blobs/guard-blob.ts";
import type { AnnounceBlob, BlobFailure } from "../ports/blob-store.ts";
import type { InspectorFailure } from "../ports/photo-inspector.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { FileTooLarge, ProviderError, RequestNotFound } from "../ports/provider.ts";
import { addSeconds, type Timestamp } from "../values/timestamp.ts";
import { checkedFile, type CheckedFile, type WrongContent } from "./checked-file.ts";
import { copySecondsOf, kindOf, type Judge } from "./order-kind.ts";
import { idsOf, type Order } from "./order.ts";
import type { Outcome, OutcomeFile } from "./outcome.ts";

type CopyError = ProviderError | RequestNotFound | FileTooLarge | WrongContent | BlobFailure | InspectorFailure;

/** A file that could not be copied, and why. */
export interface FailedFile {
  /** Its name in the outcome. */
  readonly file: string;
  readonly error: Omit<CopyError, "cause">;
}

export interface CopiedOutcome {
  /** With the blob keys of all files copied by now, and a mark on those that are blocked or given up. */
  readonly outcome: Outcome;
  /** Files that another attempt may copy. */
  readonly missing: readonly FailedFile[];
  /** Files that this attempt gave up. */
  readonly givenUp: readonly FailedFile[];
}

type CopyPorts = Pick<BoundPorts, "store" | "outcomes" | "blobs" | "clock" | "policy" | "kinds" | "images" | "log">;

/**
 * How long a failed copy is retried: it `ends` at once, is retried until one of the kind's deadlines, or `always`. A
 * refusal is retried because a file host that answers 403 or 404 may have the file a second later; a failure of our own
 * blob store or inspector, because it says nothing about the file.
 */
const retriedUntil = {
  "provider-unavailable": "unreadable",
  "provider-refused": "unreadable",
  "request-not-found": "unreadable",
  "wrong-content": "wrong",
  "file-too-large": "ends",
  "blob-failure": "always",
  "inspector-failure": "always",
} as const satisfies Record<CopyError["type"], "ends" | "unreadable" | "wrong" | "always">;

/**
 * Copies the files of an outcome that are not in our own blob store yet. If one fails, the others are still copied.
 * `since`: when copying began; a file that fails after its deadline is given up.
 */
export async function copyOutcome(
  ports: CopyPorts,
  order: Order,
  original: Outcome,
  since: Timestamp,
): Promise<CopiedOutcome> {
  let outcome = original;
  const missing: FailedFile[] = [];
  const givenUp: FailedFile[] = [];
  for (const [name, file] of Object.entries(original)) {
    if (!file || file.blobKey !== undefined || file.givenUp || file.blocked) continue;
    const copied = await copyFile(ports, order, name, file);
    if (copied.isOk()) {
      outcome = { ...outcome, [name]: { ...file, ...copied.value } };
      continue;
    }
    const failed: FailedFile = { file: name, error: withoutCause(copied.error) };
    if (isGivenUp(ports, order, copied.error, since)) {
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
export function logGivenUp({ log }: Pick<BoundPorts, "log">, order: Order, { givenUp }: CopiedOutcome): void {
  if (givenUp.length > 0)
    log.error({ ...idsOf(order), files: givenUp }, "an outcome could not be copied and is given up");
}

function isGivenUp(ports: CopyPorts, order: Order, { type }: CopyError, since: Timestamp): boolean {
  const until = retriedUntil[type];
  if (until === "ends" || until === "always") return until === "ends";
  return addSeconds(since, copySecondsOf(ports, order)[until]) <= ports.clock.now();
}

/** What a copy adds to its file. */
type Copied = ResultAsync<Partial<OutcomeFile>, CopyError>;

/** Opens a file and checks it while it is read. */
const copyFile = (ports: CopyPorts, order: Order, name: string, file: OutcomeFile): Copied =>
  ports.outcomes
    .of(order)
    .open(file, copySecondsOf(ports, order).download)
    .andThen((source) => {
      const { checks, judge } = kindOf(ports, order);
      const checked = checkedFile(source, file, checks(name, order));
      return judge ? storeJudged(ports, order, checked, judge) : storeStreamed(ports, order, checked);
    });

/**
 * Stores a file while it is read, so the blob store keeps nothing of bytes that fail the check. Its key is known only
 * when all bytes were read; the blob store announces it then, and a job that guards the blob is enqueued.
 */
const storeStreamed = (ports: CopyPorts, order: Order, { stream, problem }: CheckedFile): Copied =>
  ports.blobs
    .put(stream, guard(ports, order))
    .map((blobKey) => ({ blobKey }))
    .mapErr((failure): CopyError => problem() ?? abandon(stream, failure));

/** Stores what the kind makes of all bytes of a file, unless they are blocked. */
const storeJudged = (ports: CopyPorts, order: Order, { stream, problem }: CheckedFile, judge: Judge): Copied =>
  ResultAsync.fromPromise(
    new Response(stream).bytes(),
    (): CopyError => problem() ?? { type: "provider-unavailable", detail: "the download broke off" },
  )
    .andThen((bytes): ReturnType<Judge> => judge(ports, order, bytes))
    .andThen((judged): Copied => {
      if (judged.type === "blocked") return okAsync({ blocked: judged.blocked });
      const { bytes, facts } = judged;
      return ports.blobs.put(bytes, guard(ports, order)).map((blobKey) => ({ ...facts, blobKey }));
    });

const guard =
  (ports: CopyPorts, { avatarId }: Order): AnnounceBlob =>
  (blobKey) =>
    ports.store.jobs.enqueue(guardJob(ports, { avatarId, blobKey }));

/** Cancels the stream: a blob store that fails may not have read it, which would leave a connection open. */
function abandon(stream: ReadableStream<Uint8Array>, failure: BlobFailure): BlobFailure {
  if (!stream.locked) void stream.cancel().catch(() => undefined);
  return failure;
}

/** The cause is not logged as it is, because it may hold a URL or other data of the file. */
function withoutCause(error: CopyError): FailedFile["error"] {
  return error.type === "blob-failure" || error.type === "inspector-failure" ? { type: error.type } : error;
}
