import type { ResultAsync } from "neverthrow";
import type { ModelFile } from "../models/model.ts";
import type { TrainingEvent } from "../trainings/training-event.ts";
import type { ProviderRequest, Training } from "../trainings/training.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { BlobFailure, BlobNotFound } from "./blob-store.ts";

/** The photos of a training, in the order of its manifest. The provider packs them. */
export interface Archive {
  /** Unique and stable per training: a second upload of the same training may replace the first. */
  readonly name: string;
  readonly entries: readonly ArchiveEntry[];
}

export interface ArchiveEntry {
  readonly file: string;
  readonly bytes: number;
  open(): ResultAsync<ReadableStream<Uint8Array>, BlobFailure | BlobNotFound>;
}

/** The provider could not be reached or could not answer now: 5xx, 429, network, timeout. The caller may try later. */
export interface ProviderUnavailable {
  readonly type: "provider-unavailable";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The provider refused, usually with 4xx. The same request would be refused again. */
export interface ProviderRefused {
  readonly type: "provider-refused";
  /** HTTP status; 0 when no request was sent, e.g. because the address is not safe. */
  readonly status: number;
  readonly detail: string;
}

/** The provider does not know the request, or no longer knows it. */
export interface RequestNotFound {
  readonly type: "request-not-found";
}

/** The file is longer than the source's limit. Reading it again would fail again. */
export interface FileTooLarge {
  readonly type: "file-too-large";
  /** In bytes. */
  readonly maximum: number;
}

export type ProviderError = ProviderUnavailable | ProviderRefused;

/** The provider refused the request, so nothing runs: 400, 401, 403, 404, 422. */
export interface SubmitRefused {
  readonly type: "submit-refused";
  readonly status: number;
  readonly detail: string;
}

/** Certainly not accepted, so it may be sent again later: 429, or the request never left this machine. */
export interface SubmitDeferred {
  readonly type: "submit-deferred";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** Possibly accepted: 5xx, a reset, a timeout, an unreadable 2xx. It must never be sent again. */
export interface SubmitUnconfirmed {
  readonly type: "submit-unconfirmed";
  readonly detail: string;
}

export type SubmitError = SubmitRefused | SubmitDeferred | SubmitUnconfirmed;

/** What is sent in the one paid request. */
export interface Submission {
  readonly training: Training;
  readonly archiveUrl: string;
  /** Absent when the provider cannot reach us; the training is then only polled. */
  readonly webhookUrl?: string | undefined;
}

/** What is needed to find an erased training's data at the provider. Its row is deleted. */
export interface TrainingTrace {
  readonly trainingId: string;
  readonly endpoint: string;
  /** The field of the provider's input that holds the archive's URL. */
  readonly archiveField: string;
  readonly archiveUrl?: string | undefined;
  /** The earliest time at which the provider may have accepted a request whose answer was lost. */
  readonly submitStartedAt?: Timestamp | undefined;
  readonly requestId?: string | undefined;
  readonly statusUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

/**
 * Trains models. `submit` sends exactly one request and never repeats it; every other method may repeat its requests.
 * Run `describeTrainingProvider` of `@likeness/testing` against yours.
 */
export interface TrainingProvider {
  /** e.g. `fal`; stored with every training. */
  readonly name: string;
  /** Packs and uploads the photos and returns a URL that the provider can read. Costs nothing. */
  upload(archive: Archive): ResultAsync<string, ProviderError | BlobFailure | BlobNotFound>;
  submit(submission: Submission): ResultAsync<ProviderRequest, SubmitError>;
  /** Its progress: `queued`, `running` or `finished`. Also called after a success, for the seconds it ran. */
  status(training: Training): ResultAsync<TrainingEvent, ProviderError | RequestNotFound>;
  /** Its outcome: `succeeded` or `failed`; `running` when there is none yet. */
  result(training: Training): ResultAsync<TrainingEvent, ProviderError | RequestNotFound>;
  /** Asks the provider to stop. `too-late`: it had finished already. */
  cancel(training: Training): ResultAsync<"requested" | "too-late", ProviderError | RequestNotFound>;
  /** Finds the request of a training when the answer to its submit was lost, by its archive URL, which is unique. */
  find(training: Training): ResultAsync<ProviderRequest | undefined, ProviderError>;
  /**
   * Erases what the provider stores of a training: photos, input, output. Absent where the provider cannot erase.
   * Succeeds when the data is gone already. A training that still runs is stopped, with `provider-unavailable` until it
   * has ended. If the provider erases only a part, the answer is `provider-refused`.
   */
  readonly erase?: ((trace: TrainingTrace) => ResultAsync<void, ProviderError>) | undefined;
}

/**
 * Reads the files of a model from where the provider stores them. The core asks again later for a file that cannot be
 * read, also after a refusal. A stream that exceeds the limit ends with an `Error` that is also a `FileTooLarge`.
 */
export interface ModelSource {
  open(file: ModelFile): ResultAsync<ReadableStream<Uint8Array>, ProviderError | RequestNotFound | FileTooLarge>;
}
