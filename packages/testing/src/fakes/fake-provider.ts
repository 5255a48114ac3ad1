import {
  isImageOrder,
  requestOf,
  type Archive,
  type BlobFailure,
  type BlobNotFound,
  type ProviderError,
  type ProviderRequest,
  type RequestNotFound,
  type Submission,
  type SubmitError,
  type Order,
  type OrderTrace,
  type Prepared,
  type Provider,
} from "@likeness/core";
import { err, ok, ResultAsync, type Result } from "neverthrow";
import { aProviderRequest } from "../fixtures/provider-request.ts";
import { bytesOf } from "../streams/streams.ts";
import { cancelled, lookedAt, type ProviderReport, type RunningRequest } from "./running-request.ts";

/** `accept-silently`: the request runs, but its answer is lost. */
export type SubmitAnswer = "accept" | "accept-silently" | SubmitError;

export interface UploadedEntry {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface FakeProvider extends Required<Omit<Provider, "erasesPart" | "checks">> {
  /** Every submit, accepted or not: what a real provider would have been paid for. */
  readonly submissions: readonly Submission[];
  /** Every accepted request, also one whose answer was lost. */
  readonly requests: readonly ProviderRequest[];
  /** The id of the order of each accepted request. An order that is listed twice was paid twice. */
  readonly accepted: readonly string[];
  /** What was uploaded, by its URL. */
  readonly uploads: ReadonlyMap<string, readonly UploadedEntry[]>;
  /** What it was asked to erase and has erased, in order. */
  readonly erased: readonly OrderTrace[];
  /** Every other call, e.g. `look`, in order. */
  readonly calls: readonly FakeProviderMethod[];
  /**
   * Sets the outcome of the next submit, which is accepted by default. `meanwhile` runs after that and before the
   * answer.
   */
  answerNextSubmit(answer: SubmitAnswer, meanwhile?: (request: ProviderRequest) => Promise<unknown>): void;
  /** Sets the reports about a request: one for each call of `look`, and the last one for all further calls. */
  report(requestId: string, ...reports: [ProviderReport, ...ProviderReport[]]): void;
  /** Makes the provider forget the request. */
  forget(requestId: string): void;
  /** Makes the next call of a method fail. */
  failNext(method: FakeProviderMethod, error: ProviderError): void;
}

export type FakeProviderMethod = "prepare" | "look" | "cancel" | "find" | "erase";

/** A provider that tests control. New requests wait in its queue. */
export function fakeProvider(): FakeProvider {
  const running = new Map<string, RunningRequest>();
  const uploads = new Map<string, readonly UploadedEntry[]>();
  const submissions: Submission[] = [];
  const requests: ProviderRequest[] = [];
  const accepted: string[] = [];
  const erased: OrderTrace[] = [];
  const calls: FakeProviderMethod[] = [];
  const answers: [SubmitAnswer, ((request: ProviderRequest) => Promise<unknown>)?][] = [];
  const failures: [FakeProviderMethod, ProviderError][] = [];

  const called = (method: FakeProviderMethod): Result<void, ProviderError> => {
    calls.push(method);
    const index = failures.findIndex(([failing]) => failing === method);
    const [failure] = index < 0 ? [] : failures.splice(index, 1);
    return failure ? err(failure[1]) : ok(undefined);
  };

  const known = (order: Order): Result<RunningRequest, RequestNotFound> => {
    const request = running.get(requestOf(order)?.requestId ?? "");
    return request ? ok(request) : err({ type: "request-not-found" });
  };

  const accept = (submission: Submission): ProviderRequest => {
    const request = aProviderRequest();
    const sent = sentFor(submission.order, submission.prepared);
    running.set(request.requestId, { request, sent, reports: [{ type: "queued", position: 0 }] });
    requests.push(request);
    accepted.push(submission.order.id);
    return request;
  };

  const submit = async (submission: Submission): Promise<Result<ProviderRequest, SubmitError>> => {
    submissions.push(submission);
    const [answer, meanwhile] = answers.shift() ?? ["accept"];
    if (typeof answer !== "string") return err(answer);
    const request = accept(submission);
    await meanwhile?.(request);
    return answer === "accept" ? ok(request) : err({ type: "submit-unconfirmed", detail: "the answer was lost" });
  };

  return {
    name: "example",
    submissions,
    requests,
    accepted,
    erased,
    uploads,
    calls,
    answerNextSubmit: (answer, meanwhile) => {
      answers.push([answer, meanwhile]);
    },
    report: (requestId, ...reports) => {
      const request = running.get(requestId);
      if (!request) throw new Error(`no request ${requestId} was ever accepted`);
      request.reports = reports;
    },
    forget: (requestId) => {
      running.delete(requestId);
    },
    failNext: (method, error) => {
      failures.push([method, error]);
    },

    prepare: (order, archive) =>
      called("prepare")
        .asyncAndThen(() => readArchive(archive))
        .map((entries) => {
          const url = `https://files.example/${encodeURIComponent(archive.name)}`;
          const [first] = entries;
          if (!isImageOrder(order) || first?.file !== "weights") {
            uploads.set(url, entries);
            return { input: { archive_url: url } };
          }
          const path = `${url}/${uploads.size}`;
          const { weightsField = "loras", scale = 1 } = order.snapshot;
          uploads.set(path, entries);
          return { input: { [weightsField]: [{ path, scale }] } };
        }),
    submit: (submission) => new ResultAsync(submit(submission)),
    look: (order) =>
      called("look")
        .andThen(() => known(order))
        .asyncMap(async (request) => lookedAt(request)),
    cancel: (order) =>
      called("cancel")
        .andThen(() => known(order))
        .asyncMap(async (request) => cancelled(request)),
    find: (order) =>
      called("find").asyncMap(async () => {
        const sought = sentFor(order, order.state.prepared);
        return [...running.values()].find(({ sent }) => sent === sought)?.request;
      }),
    erase: (trace) =>
      called("erase").asyncMap(async () => {
        erased.push(trace);
        for (const url of [uploadOf(trace.prepared) ?? "", ...(trace.copies ?? [])]) uploads.delete(url);
        running.delete(trace.requestId ?? "");
      }),
  };
}

/** The input that is sent for an order, which no other order has. */
const sentFor = ({ snapshot }: Order, prepared: Prepared | undefined): string =>
  JSON.stringify({ ...snapshot.input, ...prepared?.input });

/** The URL of the uploaded photos. */
export const uploadOf = (prepared: Prepared | undefined): string | undefined => {
  const url = prepared?.input["archive_url"];
  return typeof url === "string" ? url : undefined;
};

/** Reads every photo, as packing does. */
const readArchive = (archive: Archive): ResultAsync<UploadedEntry[], BlobFailure | BlobNotFound> =>
  ResultAsync.combine(
    archive.entries.map(({ file, open }) =>
      open()
        .andThen(attemptToRead)
        .map((bytes) => ({ file, bytes })),
    ),
  );

const attemptToRead = (stream: ReadableStream<Uint8Array>): ResultAsync<Uint8Array, BlobFailure> =>
  ResultAsync.fromPromise(bytesOf(stream), (cause) => ({ type: "blob-failure", cause }));
