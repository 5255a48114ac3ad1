import { systemClock, type Clock, type ModelSource } from "@likeness/core";
import { attempt, throwable } from "../http/attempt.ts";
import { requestError, silence, type FalFailure } from "../http/failure.ts";
import { globalFetch, type Fetch } from "../http/fetch.ts";
import { networkFailure } from "../http/network-failure.ts";
import { retryAfter } from "../http/retry-after.ts";
import { isSecureUrl } from "../http/secure-url.ts";

export interface FalModelSourceOptions {
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
  /** Longest file, default 2 GB. A LoRA for FLUX.1 has about 90 MB. */
  readonly maximumBytes?: number | undefined;
  /** Longest download, from its beginning to its end, default 900. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Downloads the files of a model from wherever fal put them: several hosts, so none is expected, and none sees the key.
 * A file that is gone is `request-not-found`. The stream breaks off with an error when the file is too long.
 */
export function falModelSource(options: FalModelSourceOptions = {}): ModelSource {
  const { fetch = globalFetch, clock = systemClock, maximumBytes = 2_000_000_000, timeoutSeconds = 900 } = options;

  const download = async (url: string): Promise<ReadableStream<Uint8Array>> => {
    const response = await follow(fetch, url, AbortSignal.timeout(timeoutSeconds * 1000));
    const { ok, status, headers, body } = response;
    const refuse = async (detail: string) => {
      await body?.cancel();
      const wait = retryAfter(headers.get("retry-after"), clock.now());
      return throwable(answer(status, detail, wait));
    };
    if (!ok) throw await refuse(`status ${status}`);
    if (Number(headers.get("content-length") ?? 0) > maximumBytes) throw await refuse(tooLong(maximumBytes));
    if (!body) throw throwable(silence("the file is empty"));
    return body.pipeThrough(atMost(maximumBytes));
  };

  return { open: ({ url }) => attempt(() => download(url)).mapErr(requestError) };
}

const mostRedirects = 5;

/** By hand, because `fetch` would follow a redirect from https to http. */
async function follow(fetch: Fetch, start: string, signal: AbortSignal): Promise<Response> {
  let url = start;
  let status = 0;
  for (let hops = 0; hops <= mostRedirects; hops++) {
    if (!isSecureUrl(url)) throw throwable(answer(status, "the file is not at an https address"));
    const response = await fetch(url, { redirect: "manual", signal }).catch((thrown: unknown) => {
      throw throwable(networkFailure(thrown));
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get("location") : null;
    if (location === null) return response;
    await response.body?.cancel();
    status = response.status;
    url = URL.canParse(location, url) ? new URL(location, url).href : "";
  }
  throw throwable(answer(status, "too many redirects"));
}

const answer = (status: number, detail: string, retryAfterSeconds?: number): FalFailure => ({
  type: "answer",
  status,
  detail,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

const tooLong = (maximumBytes: number): string => `the file has more than ${maximumBytes} bytes`;

function atMost(maximumBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes > maximumBytes) controller.error(new Error(tooLong(maximumBytes)));
      else controller.enqueue(chunk);
    },
  });
}
