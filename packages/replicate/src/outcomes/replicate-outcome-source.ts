import type { FileTooLarge, OutcomeSource } from "@likeness/core";
import { ok, ResultAsync } from "neverthrow";
import { requestError, silence, type ReplicateFailure } from "../http/failure.ts";
import { globalFetch, type Fetch } from "../http/fetch.ts";
import { isFileHost, replicateHosts, type ReplicateHostOverrides } from "../http/hosts.ts";
import { networkFailure } from "../http/network-failure.ts";
import { waitIn } from "../http/wait-in.ts";
import { weightsIn } from "./weights-in.ts";

export interface ReplicateOutcomeSourceOptions {
  /** The same overrides as for `replicateProvider`. */
  readonly hosts?: ReplicateHostOverrides | undefined;
  /** Default: the global one. */
  readonly fetch?: Fetch | undefined;
  /** Maximum size of a file, default 2 GB. A LoRA for FLUX.1 has about 170 MB. */
  readonly maximumBytes?: number | undefined;
  /** Maximum duration of a whole download, default 900. */
  readonly timeoutSeconds?: number | undefined;
}

/**
 * Downloads the files of an outcome from `replicate.delivery`, and from no other host. The weights of a training lie in a
 * tar, of which only the one `.safetensors` is read. The token is not sent.
 */
export function replicateOutcomeSource(options: ReplicateOutcomeSourceOptions = {}): OutcomeSource {
  const { fetch = globalFetch, maximumBytes = 2_000_000_000, timeoutSeconds = 900 } = options;
  const hosts = replicateHosts(options.hosts);

  const download = async (url: string, seconds: number): Promise<ReadableStream<Uint8Array>> => {
    if (!isFileHost(hosts, url)) throw refusal(0, "the file is not at a host of Replicate's");
    const {
      ok: isOk,
      status,
      headers,
      body,
    } = await fetch(url, {
      redirect: "manual",
      signal: AbortSignal.timeout(seconds * 1000),
    });
    if (!isOk) {
      await body?.cancel();
      throw refusal(status, `status ${status}`, waitIn(headers, ""));
    }
    if (!body) throw silence("the file is empty");
    return body;
  };

  return {
    open: ({ url }, seconds = timeoutSeconds) =>
      ResultAsync.fromPromise(download(url, Math.min(seconds, timeoutSeconds)), failureOf)
        .mapErr(requestError)
        .andThen((body) => {
          const isTar = new URL(url).pathname.endsWith(".tar");
          return ok((isTar ? weightsIn(body) : body).pipeThrough(atMost(maximumBytes)));
        }),
  };
}

const refusal = (status: number, detail: string, retryAfterSeconds?: number): ReplicateFailure => ({
  type: "answer",
  status,
  detail,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

const failureOf = (thrown: unknown): ReplicateFailure =>
  typeof thrown === "object" && thrown !== null && "detail" in thrown
    ? (thrown as ReplicateFailure)
    : networkFailure(thrown);

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
