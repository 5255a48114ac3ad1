import type { SourceRefused, SourceUnavailable } from "@likeness/core";
import type { Api } from "grammy";
import { err, errAsync, ok, ResultAsync, type Result } from "neverthrow";
import { redact } from "../telegram/redact.ts";
import { tooLarge, type FileLimits, type LinkStale } from "./file-limits.ts";
import { fileUrl } from "./file-url.ts";
import type { StoredFile } from "./find-file.ts";

type DownloadError = SourceUnavailable | SourceRefused | LinkStale;

/** Downloads a file, and stops at the limit. */
export const downloadFile = (
  api: Pick<Api, "token" | "options">,
  stored: StoredFile,
  limits: FileLimits,
): ResultAsync<Uint8Array, DownloadError> => {
  const url = fileUrl(api, stored.path);
  if (url === undefined) return errAsync(unavailable("its path leads out of the bot's files"));
  return ResultAsync.fromPromise(receive(url, stored, limits), (thrown) => unavailable(describe(thrown))).andThen(
    (received) => received,
  );
};

async function receive(
  url: string,
  stored: StoredFile,
  limits: FileLimits,
): Promise<Result<Uint8Array, DownloadError>> {
  const response = await fetch(url, { redirect: "error", signal: limits.signal });
  if (!response.ok) {
    await response.body?.cancel();
    return err(refusal(response));
  }
  const announced = Number(response.headers.get("content-length") ?? 0);
  if (announced > limits.maximumBytes) {
    await response.body?.cancel();
    return err(tooLarge(announced, limits.maximumBytes));
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > limits.maximumBytes) return err(tooLarge(bytes, limits.maximumBytes));
    chunks.push(chunk);
  }
  if (stored.bytes !== undefined && bytes < stored.bytes)
    return err(unavailable(`only ${bytes} of ${stored.bytes} bytes arrived`));
  return ok(Buffer.concat(chunks));
}

function refusal(response: Response): DownloadError {
  if (response.status === 404) return { type: "link-stale" };
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const wait = response.status === 429 && Number.isFinite(seconds) ? Math.max(1, seconds) : undefined;
  return unavailable(`the download was answered with ${response.status}`, wait);
}

const unavailable = (detail: string, retryAfterSeconds?: number): SourceUnavailable => ({
  type: "source-unavailable",
  detail,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/** `fetch` says only "fetch failed"; the reason is its cause. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return redact(String(thrown));
  const cause = thrown.cause instanceof Error ? `: ${thrown.cause.message}` : "";
  return redact(`${thrown.message}${cause}`);
}
