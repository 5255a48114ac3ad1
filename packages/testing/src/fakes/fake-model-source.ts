import type { ModelSource, ProviderError, RequestNotFound } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";
import { streamOf } from "../streams/streams.ts";

export interface FakeModelSource extends ModelSource {
  /** Every URL that was opened, in order. */
  readonly opened: readonly string[];
  /** What a URL serves; without it, the URL itself as text. */
  serve(url: string, content: Uint8Array | (() => ReadableStream<Uint8Array>)): void;
  /** The next open fails. */
  failNext(error: ProviderError | RequestNotFound): void;
}

/** Serves every file: its own URL as text, or what it was told to. */
export function fakeModelSource(): FakeModelSource {
  const files = new Map<string, Uint8Array | (() => ReadableStream<Uint8Array>)>();
  const failures: (ProviderError | RequestNotFound)[] = [];
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
      const content = files.get(url) ?? new TextEncoder().encode(url);
      return okAsync(typeof content === "function" ? content() : streamOf(content));
    },
  };
}
