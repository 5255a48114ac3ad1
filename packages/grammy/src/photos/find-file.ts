import type { SourceRefused, SourceUnavailable } from "@likeness/core";
import type { Api } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { attempt } from "../telegram/attempt.ts";
import { grammySignal } from "../telegram/grammy-signal.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { tooLarge, type FileLimits } from "./file-limits.ts";
import type { TelegramFile } from "./photo-locator.ts";

/** The path of a file at the Bot API server. */
export interface StoredFile {
  /** Below the server's file root, or absolute at a server that runs with `--local`. */
  readonly path: string;
  readonly bytes?: number | undefined;
}

/** Asks Telegram for the path of a file, which is valid for an hour. */
export const findFile = (
  api: Api,
  { fileId, bytes }: TelegramFile,
  { maximumBytes, signal }: FileLimits,
): ResultAsync<StoredFile, SourceUnavailable | SourceRefused> =>
  attempt(() => api.getFile(fileId, grammySignal(signal)))
    .mapErr((problem) => sourceError(problem, bytes ?? maximumBytes + 1, maximumBytes))
    .andThen(({ file_path: path, file_size: size }) => {
      if (!path) return errAsync(unavailable("Telegram gave no path for the file"));
      if (size !== undefined && size > maximumBytes) return errAsync(tooLarge(size, maximumBytes));
      return okAsync({ path, ...(size !== undefined && { bytes: size }) });
    });

const unavailable = (detail: string, retryAfterSeconds?: number): SourceUnavailable => ({
  type: "source-unavailable",
  detail,
  ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
});

/**
 * "wrong file_id or the file is temporarily unavailable" may be temporary, so it is retried. So is a 403: `getFile`
 * never answers that, so it comes from a proxy and says nothing about the file. An "invalid file_id" is permanent.
 */
function sourceError(problem: TelegramProblem, bytes: number, maximum: number): SourceUnavailable | SourceRefused {
  switch (problem.type) {
    case "rate-limited":
      return unavailable("Telegram asks to wait", problem.retryAfterSeconds);
    case "unreachable":
      return unavailable("Telegram refused to look for the file");
    case "telegram-failure":
      return unavailable(problem.detail);
    case "refused":
      if (/file is too big/i.test(problem.detail)) return tooLarge(bytes, maximum);
      return /invalid file_id/i.test(problem.detail)
        ? { type: "source-refused", reason: "gone" }
        : unavailable(problem.detail);
  }
}
