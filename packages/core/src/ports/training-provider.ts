import type { ResultAsync } from "neverthrow";
import type { ModelFile } from "../domain/model.ts";
import type { Timestamp } from "../domain/timestamp.ts";
import type { ProviderRequest, Training } from "../domain/training.ts";
import type { TrainingEvent } from "../domain/training-event.ts";
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

/** The provider could not be reached or could not answer now: 5xx, 429, network, timeout. Later may help. */
export interface ProviderUnavailable {
  readonly type: "provider-unavailable";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** The provider refused, usually with 4xx. Asking again changes nothing. */
export interface ProviderRefused {
  readonly type: "provider-refused";
  /** HTTP status; 0 when it was not even asked, e.g. because the address is not a safe one. */
  readonly status: number;
  readonly detail: string;
}

/** The provider does not know the request, or no longer. */
export interface RequestNotFound {
  readonly type: "request-not-found";
}

/** The file is longer than the source reads. Asking again changes nothing. */
export interface FileTooLarge {
  readonly type: "file-too-large";
  /** In bytes. */
  readonly maximum: number;
}

export type ProviderError = ProviderUnavailable | ProviderRefused;

/** Refused at the gate, nothing runs: 400, 401, 403, 404, 422. */
export interface SubmitRefused {
  readonly type: "submit-refused";
  readonly status: number;
  readonly detail: string;
}

/** Certainly not accepted, and may be sent later: 429, or the request never left this machine. */
export interface SubmitDeferred {
  readonly type: "submit-deferred";
  readonly detail: string;
  readonly retryAfterSeconds?: number | undefined;
}

/** Perhaps accepted: 5xx, a reset, a timeout, an unreadable 2xx. It must never be sent again. */
export interface SubmitUnconfirmed {
  readonly type: "submit-unconfirmed";
  readonly detail: string;
}

export type SubmitError = SubmitRefused | SubmitDeferred | SubmitUnconfirmed;

/** What is sent in the one paid request. */
export interface Submission {
  readonly training: Training;
  readonly archiveUrl: string;
  /** Absent when the provider cannot reach us: then it is polled only. */
  readonly webhookUrl?: string | undefined;
}

/** What is known about an erased training, enough to find what the provider keeps of it. Its row is gone. */
export interface TrainingTrace {
  readonly trainingId: string;
  readonly endpoint: string;
  /** The name that the archive has in the provider's input. */
  readonly archiveField: string;
  readonly archiveUrl?: string | undefined;
  /** Since when the provider may have a request whose answer was lost. */
  readonly submitStartedAt?: Timestamp | undefined;
  readonly requestId?: string | undefined;
  readonly statusUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

/**
 * Trains models. `submit` sends exactly one request and never repeats it by itself; everything else may be repeated.
 * Run `describeTrainingProvider` of `@likeness/testing` against yours.
 */
export interface TrainingProvider {
  /** e.g. `fal`; stored with every training. */
  readonly name: string;
  /** Packs and uploads the photos and returns a URL that the provider can read. Costs nothing. */
  upload(archive: Archive): ResultAsync<string, ProviderError | BlobFailure | BlobNotFound>;
  submit(submission: Submission): ResultAsync<ProviderRequest, SubmitError>;
  /** How far it is: `queued`, `running` or `finished`. Also asked about one that succeeded, for the seconds it ran. */
  status(training: Training): ResultAsync<TrainingEvent, ProviderError | RequestNotFound>;
  /** How it ended: `succeeded` or `failed`, or `running` when it has not. */
  result(training: Training): ResultAsync<TrainingEvent, ProviderError | RequestNotFound>;
  /** Asks the provider to stop. `too-late`: it had finished already. */
  cancel(training: Training): ResultAsync<"requested" | "too-late", ProviderError | RequestNotFound>;
  /** Looks for the request of a training whose answer was lost, by the archive URL that only it has. */
  find(training: Training): ResultAsync<ProviderRequest | undefined, ProviderError>;
  /**
   * Erases what the provider keeps of a training: photos, input, output. Absent where it erases nothing. What is gone
   * already is erased; one that runs still is stopped, and is `provider-unavailable` until it has ended. A provider that
   * erases a part only has refused.
   */
  readonly erase?: ((trace: TrainingTrace) => ResultAsync<void, ProviderError>) | undefined;
}

/**
 * Reads the files of a model from wherever the provider keeps them. What cannot be had now is asked for again later, also
 * after a refusal. A stream that turns out too long ends with an `Error` that is a `FileTooLarge` as well.
 */
export interface ModelSource {
  open(file: ModelFile): ResultAsync<ReadableStream<Uint8Array>, ProviderError | RequestNotFound | FileTooLarge>;
}
