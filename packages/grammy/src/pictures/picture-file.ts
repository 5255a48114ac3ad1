import type { Picture } from "@likeness/core";

/** Maximum of bytes, of width and height together, and of the longer side by the shorter one. */
const limits = { bytes: 10 * 1024 * 1024, sides: 10_000, ratio: 20 };

/** Whether Telegram takes a picture as a photo. https://core.telegram.org/bots/api#sendphoto */
export const fitsAsPhoto = ({ bytes, width, height }: Pick<Picture, "bytes" | "width" | "height">): boolean =>
  bytes <= limits.bytes &&
  width + height <= limits.sides &&
  Math.max(width, height) <= limits.ratio * Math.min(width, height);

const extensions = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
} as const satisfies Record<Picture["contentType"], string>;

/**
 * The name of a picture's file, e.g. `ada-3.jpg`. Only ASCII, because other names are lost on the way: grammY sends them
 * without quotes.
 */
export function fileName(avatarName: string, number: number, { contentType }: Pick<Picture, "contentType">): string {
  const plain = avatarName.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const slug = plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, "");
  return `${slug || "picture"}-${number}.${extensions[contentType]}`;
}
