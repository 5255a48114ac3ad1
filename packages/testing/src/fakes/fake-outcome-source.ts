import type { FileTooLarge, OutcomeSource, ProviderError, RequestNotFound } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { modelFileBytes } from "../fixtures/model-bytes.ts";
import { pictureBytes } from "../fixtures/picture-bytes.ts";
import { streamOf } from "../streams/streams.ts";

type OutcomeSourceError = ProviderError | RequestNotFound | FileTooLarge;

export interface FakeOutcomeSource extends OutcomeSource {
  /** Every URL that was opened, in order. */
  readonly opened: readonly string[];
  /** Sets what a URL serves. Default: weights with the URL in them, or a configuration or a picture if it ends in `.json` or `.jpg`. */
  serve(url: string, content: Uint8Array | (() => ReadableStream<Uint8Array>)): void;
  /** The next open fails. */
  failNext(error: OutcomeSourceError): void;
}

/** Serves every file of an outcome; valid bytes by default. */
export function fakeOutcomeSource(): FakeOutcomeSource {
  const files = new Map<string, Uint8Array | (() => ReadableStream<Uint8Array>)>();
  const failures: OutcomeSourceError[] = [];
  const opened: string[] = [];
  return {
    opened,
    serve: (url, content) => {
      files.set(url, content);
    },
    failNext: (error) => {
      failures.push(error);
    },
    open: ({ url }) => {
      opened.push(url);
      const failure = failures.shift();
      if (failure) return errAsync(failure);
      const content = files.get(url) ?? fileBytes(url);
      return okAsync(typeof content === "function" ? content() : streamOf(content));
    },
  };
}

const fileBytes = (url: string): Uint8Array =>
  url.endsWith(".jpg") ? pictureBytes({ name: url }) : modelFileBytes(url);
