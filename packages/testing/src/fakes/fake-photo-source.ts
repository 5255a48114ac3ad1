import type { PhotoReference, PhotoSource, SourceRefused, SourceUnavailable } from "@likeness/core";
import { errAsync, okAsync } from "neverthrow";

export interface FakePhotoSource extends PhotoSource {
  /** Every locator that was asked for, in order. */
  readonly fetched: readonly string[];
  /** Offers a file under a locator, and returns a reference to it. */
  offer(locator: string, bytes: Uint8Array, key?: string): PhotoReference;
  /** The next fetch fails. */
  failNext(error: SourceUnavailable | SourceRefused): void;
}

/** Serves the offered files; every other file is gone. */
export function fakePhotoSource(): FakePhotoSource {
  const files = new Map<string, Uint8Array>();
  const failures: (SourceUnavailable | SourceRefused)[] = [];
  const fetched: string[] = [];
  return {
    fetched,
    offer: (locator, bytes, key = `message of ${locator}`) => {
      files.set(locator, bytes);
      return { locator, key };
    },
    failNext: (error) => {
      failures.push(error);
    },
    fetch: ({ locator }) => {
      fetched.push(locator);
      const bytes = files.get(locator);
      const failure = failures.shift();
      if (failure) return errAsync(failure);
      return bytes ? okAsync(bytes) : errAsync({ type: "source-refused", reason: "gone" });
    },
  };
}
