import type { ResultAsync } from "neverthrow";
import type { OrderEvent } from "../orders/order-event.ts";
import type { ProviderReason } from "../orders/failure-reason.ts";
import type { Order, Prepared, ProviderRequest } from "../orders/order.ts";
import type { OutcomeFile } from "../orders/outcome.ts";
import type { JsonObject } from "../values/json.ts";
import type { Timestamp } from "../values/timestamp.ts";
import type { Recipes } from "../images/recipe.ts";
import type { Profiles } from "../trainings/profile.ts";
import type { BlobFailure, BlobNotFound } from "./blob-store.ts";
import type { Check } from "./check.ts";

/**
 * The files of an order, in the order of its manifest. The adapter packs the photos of a training, uploads them one by
 * one or names addresses of ours.
 */
export interface Archive {
  /** Unique and stable per order: a second upload of the same order may replace the first. */
  readonly name: string;
  readonly entries: readonly ArchiveEntry[];
}

export interface ArchiveEntry {
  readonly file: string;
  readonly bytes: number;
  /** Its key in the blob store, for a provider that is given addresses of ours in place of bytes. */
  readonly blobKey?: string | undefined;
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
  /** Absent: `rejected`. */
  readonly reason?: ProviderReason | undefined;
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
  readonly order: Order;
  readonly prepared: Prepared;
  /** Absent when the provider cannot reach us; the order is then only polled. */
  readonly webhookUrl?: string | undefined;
}

/** What is needed to find an erased order's data at the provider. Its row is deleted. */
export interface OrderTrace {
  readonly orderId: string;
  /** Name of the provider at which it was placed. Absent in what was stored before there could be several. */
  readonly provider?: string | undefined;
  readonly endpoint: string;
  readonly prepared?: Prepared | undefined;
  /** Addresses of copies of ours that were uploaded after the order had ended. */
  readonly copies?: readonly string[] | undefined;
  /** The input that was sent, which no other order has; absent where the request id or what was prepared tells more. */
  readonly input?: JsonObject | undefined;
  /** The earliest time at which the provider may have accepted a request whose answer was lost. */
  readonly submitStartedAt?: Timestamp | undefined;
  readonly requestId?: string | undefined;
  readonly statusUrl?: string | undefined;
  readonly cancelUrl?: string | undefined;
}

export type CancelAnswer = "requested" | "too-late";

/**
 * Runs paid requests. `submit` sends exactly one request and never repeats it; every other method may repeat its
 * requests. Run `describeProvider` of `@likeness/testing` against yours.
 */
export interface Provider {
  /** e.g. `fal`; stored with every order. */
  readonly name: string;
  /**
   * Prepares the files of an order, e.g. packs photos and uploads them, or names addresses of ours under which the provider
   * reads them. Costs nothing. Also called for the file `weights`
   * alone of a picture that has failed: the field of its input that takes them then has their new address.
   */
  prepare(order: Order, archive: Archive): ResultAsync<Prepared, ProviderError | BlobFailure | BlobNotFound>;
  submit(submission: Submission): ResultAsync<ProviderRequest, SubmitError>;
  /**
   * Its progress or its outcome. `request-not-found` also when the request has ended and its outcome is gone. Called
   * again after a success, for the seconds it ran.
   */
  look(order: Order): ResultAsync<OrderEvent, ProviderError | RequestNotFound>;
  /**
   * Asks the provider to stop. `too-late`: it had finished already. Absent where the provider cannot stop a request: a
   * cancelled order then goes on there, and its result is kept as a late one.
   */
  readonly cancel?: ((order: Order) => ResultAsync<CancelAnswer, ProviderError | RequestNotFound>) | undefined;
  /**
   * Finds the request of an order when the answer to its submit was lost, by its input, which no other order has. Absent
   * where the provider lists no requests: only a webhook then proves that it accepted the order.
   */
  readonly find?: ((order: Order) => ResultAsync<ProviderRequest | undefined, ProviderError>) | undefined;
  /**
   * Erases what the provider stores of an order: photos, input, output. Absent where the provider cannot erase.
   * Succeeds when the data is gone already. An order that still runs is stopped, with `provider-unavailable` until it
   * has ended; so is the answer while the provider has yet to remove by itself what no call deletes. What it keeps is
   * answered with `provider-refused`.
   */
  readonly erase?: ((trace: OrderTrace) => ResultAsync<void, ProviderError>) | undefined;
  /**
   * Its `erase` leaves a part of some orders, e.g. a record of a training. Absent: it erases all. People are told before
   * they erase.
   */
  readonly erasesPart?: true | undefined;
  /** e.g. whether the key is valid, and whether each endpoint in use still takes the fields that are sent. */
  readonly checks?: ((uses: ProviderUses) => readonly Check[]) | undefined;
}

/** What a deployment uses of a provider; absent: nothing of the kind. */
export interface ProviderUses {
  readonly profiles?: Profiles | undefined;
  readonly recipes?: Recipes | undefined;
}

/**
 * Reads the files of an outcome from where the provider stores them. The core asks again later for a file that cannot be
 * read, also after a refusal. A stream that exceeds the limit ends with an `Error` that is also a `FileTooLarge`.
 */
export interface OutcomeSource {
  /** `seconds`: how long the whole download may take, where that is less than the source's own limit. */
  open(
    file: OutcomeFile,
    seconds?: number,
  ): ResultAsync<ReadableStream<Uint8Array>, ProviderError | RequestNotFound | FileTooLarge>;
}
