import type { PhotoSource, SourceRefused, SourceUnavailable } from "@likeness/core";
import type { Api } from "grammy";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import { z } from "zod";
import { attempt, grammySignal } from "../telegram/attempt.ts";
import type { TelegramProblem } from "../telegram/telegram-problem.ts";
import { downloadFile, tooLarge, unavailable, type StoredFile } from "./download-file.ts";
import { readLocalFile } from "./read-local-file.ts";

export interface TelegramPhotosOptions {
  /**
   * Folder of a Bot API server of your own that runs with `--local` and so hands out paths instead of serving files.
   * Nothing outside of it is read; without it such paths are not read at all.
   */
  readonly localFolder?: string | undefined;
  /** How long one download may take. */
  readonly timeoutSeconds?: number | undefined;
}

/** 20 MiB: what the Bot API lets a bot download. https://core.telegram.org/bots/api#getfile */
const maximumBytes = 20 << 20;

/**
 * Fetches the photos that people send to a bot. A file whose stated size is too large is refused without a download.
 * The URL of a file holds the bot's token, so it never appears in an error or a log.
 */
export const telegramPhotos = (
  api: Api,
  { localFolder, timeoutSeconds = 60 }: TelegramPhotosOptions = {},
): PhotoSource => ({
  fetch: (reference, signal) => {
    const file = readPhotoLocator(reference.locator);
    if (!file) return errAsync({ type: "source-refused", reason: "gone" });
    const limits = { maximumBytes, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]) };
    if ((file.bytes ?? 0) > maximumBytes) return errAsync(tooLarge(file.bytes ?? 0, maximumBytes));

    const fetchFound = () =>
      findFile(api, file, limits.signal).andThen((stored) =>
        stored.path.startsWith("/") ? readLocalFile(localFolder, stored, limits) : downloadFile(api, stored, limits),
      );
    // The link may have expired between the two calls: https://github.com/tdlib/telegram-bot-api/issues/42
    return fetchFound()
      .orElse((error) => (error.type === "link-stale" ? fetchFound() : errAsync(error)))
      .mapErr((error) => (error.type === "link-stale" ? unavailable("Telegram does not find the file") : error));
  },
});

/** Asks Telegram for the path of a file, which is valid for an hour. */
const findFile = (
  api: Api,
  { fileId, bytes }: TelegramFile,
  signal: AbortSignal,
): ResultAsync<StoredFile, SourceUnavailable | SourceRefused> =>
  attempt(() => api.getFile(fileId, grammySignal(signal)))
    .mapErr((problem) => sourceError(problem, bytes))
    .andThen(({ file_path: path, file_size: size }) => {
      if (!path) return errAsync(unavailable("Telegram gave no path for the file"));
      if (size !== undefined && size > maximumBytes) return errAsync(tooLarge(size, maximumBytes));
      return okAsync({ path, ...(size !== undefined && { bytes: size }) });
    });

/**
 * "wrong file_id or the file is temporarily unavailable" may be temporary, so it is retried. So is a 403: `getFile`
 * never answers that, so it comes from a proxy and says nothing about the file. An "invalid file_id" is permanent.
 */
function sourceError(problem: TelegramProblem, bytes = maximumBytes + 1): SourceUnavailable | SourceRefused {
  switch (problem.type) {
    case "rate-limited":
      return unavailable("Telegram asks to wait", problem.retryAfterSeconds);
    case "unreachable":
      return unavailable("Telegram refused to look for the file");
    case "telegram-failure":
      return unavailable(problem.detail);
    case "refused":
      if (/file is too big/i.test(problem.detail)) return tooLarge(bytes, maximumBytes);
      return /invalid file_id/i.test(problem.detail)
        ? { type: "source-refused", reason: "gone" }
        : unavailable(problem.detail);
  }
}

/** A file at Telegram, as a message names it. */
export interface TelegramFile {
  /** Does not expire; only the bot that received it can use it. */
  readonly fileId: string;
  /** The size that Telegram stated, if it did. */
  readonly bytes?: number;
}

/**
 * The locator in a photo's reference. It includes the stated size, so that a file that is too large is never
 * downloaded.
 */
export const photoLocator = ({ fileId, bytes }: TelegramFile): string =>
  JSON.stringify({ fileId, ...(bytes !== undefined && { bytes }) });

/** `undefined`: not a locator of ours. */
export function readPhotoLocator(locator: string): TelegramFile | undefined {
  try {
    return file.safeParse(JSON.parse(locator)).data;
  } catch {
    return undefined;
  }
}

const file = z.object({ fileId: z.string().min(1), bytes: z.number().int().nonnegative().optional() });
