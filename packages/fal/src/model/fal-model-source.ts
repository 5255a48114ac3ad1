import { systemClock, type Clock, type FileTooLarge, type ModelFile, type ModelSource } from "@likeness/core";
import { err, ok, type Result } from "neverthrow";
import { attempt, throwable } from "../http/attempt.ts";
import { requestError, silence, type FalFailure } from "../http/failure.ts";
import type { Fetch } from "../http/fetch.ts";
import { falHosts, type FalHosts } from "../http/hosts.ts";
import { retryAfter } from "../http/retry-after.ts";
import { followTo } from "./follow-to.ts";

export interface FalModelSourceOptions {
  /** Those that are not fal's own, as `falTrainer` has them: files may lie at them too, also on a loopback address. */
  readonly hosts?: Partial<FalHosts> | undefined;
  /**
   * Instead of Node's. It has to see to it by itself that no name leads to an address that is not public; addresses that
   * stand in a link are refused before it is called.
   */
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
 * Only https and public addresses, checked when the connection is made; the configured `hosts` are excepted, but not by a
 * redirect from elsewhere. The stream breaks off with an error when the file is too long.
 */
export function falModelSource(options: FalModelSourceOptions = {}): ModelSource {
  const { clock = systemClock, maximumBytes = 2_000_000_000, timeoutSeconds = 900 } = options;
  const follow = followTo(falHosts(options.hosts), options.fetch);

  const download = async ({ url, bytes = 0 }: ModelFile): Promise<Result<ReadableStream<Uint8Array>, FileTooLarge>> => {
    if (bytes > maximumBytes) return err(tooLarge(maximumBytes));
    const { ok: isOk, status, headers, body } = await follow(url, AbortSignal.timeout(timeoutSeconds * 1000));
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
    open: (file) =>
      attempt(() => download(file))
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
