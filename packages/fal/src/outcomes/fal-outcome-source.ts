import { systemClock, type Clock, type FileTooLarge, type OutcomeFile, type OutcomeSource } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";
import { attempt, throwable } from "../http/attempt.ts";
import { requestError, silence, type FalFailure } from "../http/failure.ts";
import type { Fetch } from "../http/fetch.ts";
import { falHosts, type FalHosts } from "../http/hosts.ts";
import { retryAfter } from "../http/retry-after.ts";
import { followTo } from "./follow-to.ts";

export interface FalOutcomeSourceOptions {
  /** The same overrides as for `falProvider`: files may be on these hosts too, even on a loopback address. */
  readonly hosts?: Partial<FalHosts> | undefined;
  /**
   * Replaces our own. It must make sure that no host name resolves to an address that is not public. Links with such an
   * address are refused before it is called.
   */
  readonly fetch?: Fetch | undefined;
  /** Default: the computer's. */
  readonly clock?: Clock | undefined;
  /** Maximum size of a file, default 2 GB. A LoRA for FLUX.1 has about 90 MB. */
  readonly maximumBytes?: number | undefined;
  /** Maximum duration of a whole download, default 900. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Downloads the files of an outcome. fal stores them on several hosts, so any host is allowed and none gets the key. Only
 * https and public addresses are used, checked when the connection is made, except for the configured `hosts`, unless
 * another host redirects there. The stream ends with an error when the file is too long.
 */
export function falOutcomeSource(options: FalOutcomeSourceOptions = {}): OutcomeSource {
  const { clock = systemClock, maximumBytes = 2_000_000_000, timeoutSeconds = 900 } = options;
  const follow = followTo(falHosts(options.hosts), options.fetch);

  const download = async (
    { url, bytes = 0 }: OutcomeFile,
    seconds = timeoutSeconds,
  ): Promise<Result<ReadableStream<Uint8Array>, FileTooLarge>> => {
    if (bytes > maximumBytes) return err(tooLarge(maximumBytes));
    const {
      ok: isOk,
      status,
      headers,
      body,
    } = await follow(url, AbortSignal.timeout(Math.min(seconds, timeoutSeconds) * 1000));
    if (!isOk) {
      await body?.cancel();
      throw throwable(answer(status, retryAfter(headers.get("retry-after"), clock.now())));
    }
    if (Number(headers.get("content-length") ?? 0) > maximumBytes) {
      await body?.cancel();
      return err(tooLarge(maximumBytes));
    }
    if (!body) throw throwable(silence("the file is empty"));
    return ok(body.pipeThrough(atMost(maximumBytes)));
  };

  return {
    open: (file, seconds) =>
      attempt(() => download(file, seconds))
        .mapErr(requestError)
        .andThen((opened) => opened),
  };
}

const answer = (status: number, retryAfterSeconds?: number): FalFailure => ({
  type: "answer",
  status,
  detail: `status ${status}`,
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

const tooLarge = (maximum: number): FileTooLarge => ({ type: "file-too-large", maximum });

function atMost(maximum: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      if (bytes <= maximum) controller.enqueue(chunk);
      else controller.error(Object.assign(new Error(`the file has more than ${maximum} bytes`), tooLarge(maximum)));
    },
  });
}
