import type { ChatPhoto } from "../../protocol.ts";

/** CSS pixels. */
const most = { width: 432, height: 384 };

/** The size of a picture in the chat. It is known before the picture has loaded, so that nothing moves then. */
export function shownSize({ width, height }: Pick<ChatPhoto, "width" | "height">): { width: number; height: number } {
  const scale = Math.min(1, most.width / width, most.height / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
