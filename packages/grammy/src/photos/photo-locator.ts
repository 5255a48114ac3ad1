import { z } from "zod";

/** A file at Telegram, as it was named in a message. */
export interface TelegramFile {
  /** Stays valid; works for the bot that received it only. */
  readonly fileId: string;
  /** The size that Telegram stated, if it did. */
  readonly bytes?: number;
}

/** What a photo's reference holds for the photo source. The stated size goes with it, so that nothing too large is fetched. */
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
