import { z } from "zod";

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
