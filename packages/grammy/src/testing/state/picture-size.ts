import { imageSize } from "image-size";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The formats that Telegram takes as photos, as `image-size` calls them. */
const formats: readonly (string | undefined)[] = ["jpg", "png", "gif", "webp", "bmp"];

/** Width and height out of the header of a JPEG, PNG, GIF, WebP or BMP; `undefined` for anything else. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  try {
    const { type, width, height } = imageSize(bytes);
    return formats.includes(type) ? { width, height } : undefined;
  } catch {
    // Bytes of no known format, and a header that ends too early.
    return undefined;
  }
}
