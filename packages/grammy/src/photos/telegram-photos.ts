import type { PhotoSource } from "@likeness/core";
import type { Api } from "grammy";
import { errAsync } from "neverthrow";
import { findFile } from "./find-file.ts";
import { downloadFile } from "./download-file.ts";
import { readPhotoLocator } from "./photo-locator.ts";
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
    if ((file.bytes ?? 0) > maximumBytes)
      return errAsync({ type: "source-refused", reason: "too-large", bytes: file.bytes ?? 0, maximum: maximumBytes });

    const found = () => findFile(api, file, limits);
    const fetchFound = () =>
      found().andThen((stored) =>
        stored.path.startsWith("/") ? readLocalFile(localFolder, stored, limits) : downloadFile(api, stored, limits),
      );
    // The link may have expired between the two calls: https://github.com/tdlib/telegram-bot-api/issues/42
    return fetchFound()
      .orElse((error) => (error.type === "link-stale" ? fetchFound() : errAsync(error)))
      .mapErr((error) =>
        error.type === "link-stale" ? { type: "source-unavailable", detail: "Telegram does not find the file" } : error,
      );
  },
});
