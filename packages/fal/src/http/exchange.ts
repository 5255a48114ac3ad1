import { throwable } from "./attempt.ts";
import { silence } from "./failure.ts";
import type { Fetch } from "./fetch.ts";
import { networkFailure } from "./network-failure.ts";

export interface ExchangeLimits {
  readonly seconds: number;
  /** Maximum length of the body that is read. */
  readonly bytes: number;
}

/**
 * Sends one request and reads its whole answer, within limits. Rejects with a `throwable` failure when there is no
 * answer; an error status whose body could not be read is still an answer.
 */
export async function exchange(fetch: Fetch, url: URL, init: RequestInit, limits: ExchangeLimits): Promise<Response> {
  const deadline = AbortSignal.timeout(limits.seconds * 1000);
  const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  const response = await fetch(url, { ...init, signal }).catch((thrown: unknown) => {
    throw throwable(networkFailure(thrown));
  });
  const { status, statusText, headers } = response;
  const body = await readBody(response, limits.bytes).catch((thrown: unknown) => {
    if (response.ok) throw thrown;
    return undefined;
  });
  return new Response(body, { status: withinRange(status), statusText, headers });
}

/** `Response` accepts only 200 to 599; another status counts as no answer. */
function withinRange(status: number): number {
  if (status < 200 || status > 599) throw throwable(silence(`answered with status ${status}`));
  return status;
}

async function readBody({ body }: Response, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!body) return undefined;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > limit) break;
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw throwable(networkFailure(thrown));
  }
  if (bytes > limit) throw throwable(silence("the answer is too long"));
  return bytes === 0 ? undefined : new Uint8Array(Buffer.concat(chunks));
}
