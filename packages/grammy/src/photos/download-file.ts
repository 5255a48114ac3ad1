import type { SourceRefused, SourceUnavailable } from "@likeness/core";
import type { Api } from "grammy";
import { err, errAsync, ok, ResultAsync, type Result } from "neverthrow";
import { redact } from "../telegram/telegram-problem.ts";

export interface FileLimits {
  readonly maximumBytes: number;
  /** Aborts the download: the job has ended, or the download took too long. */
  readonly signal: AbortSignal;
}

export const tooLarge = (bytes: number, maximum: number): SourceRefused => ({
  type: "source-refused",
  reason: "too-large",
  bytes,
  maximum,
});

/** The link that Telegram returned does not work; a new one may. */
export interface LinkStale {
  readonly type: "link-stale";
}

/** The path of a file at the Bot API server. */
export interface StoredFile {
  /** Below the server's file root, or absolute at a server that runs with `--local`. */
  readonly path: string;
  readonly bytes?: number | undefined;
}

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

export const unavailable = (detail: string, retryAfterSeconds?: number): SourceUnavailable => ({
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

const telegramRoot = "https://api.telegram.org";

/** The URL of a file. `undefined`: its path would lead out of the files of this bot, in any spelling. */
function fileUrl({ token, options }: Pick<Api, "token" | "options">, path: string): string | undefined {
  if (leadsOut(path)) return undefined;
  // Escaped, because in a URL each of these characters ends the path.
  const escaped = path.replaceAll("?", "%3F").replaceAll("#", "%23");
  return `${options?.apiRoot ?? telegramRoot}/file/bot${token}/${escaped}`;
}

/** Finds `..` in any spelling: a server or proxy may decode escapes, even repeatedly, and treat `\\` as `/`. */
function leadsOut(path: string): boolean {
  const plain = unescaped(path);
  return plain === undefined || plain.split(/[/\\]/).some((segment) => /^\.\. *(?:;.*)?$/.test(segment));
}

/** `undefined`: it holds control characters, or so many layers of escapes that it must be an attack. */
function unescaped(path: string, layers = 4): string | undefined {
  // URL parsers remove tabs and line breaks, even between two dots.
  if (/[^ -\u{10ffff}]/u.test(path)) return undefined;
  const plain = path.replace(/%[0-9a-f]{2}/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)));
  if (plain === path) return plain;
  return layers === 0 ? undefined : unescaped(plain, layers - 1);
}
