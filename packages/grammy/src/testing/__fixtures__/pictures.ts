import sharp from "sharp";

/** A plain picture of these measures. */
export const picture = async (
  width: number,
  height: number,
  format: "jpeg" | "png" | "webp" | "gif" = "jpeg",
): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(
    await sharp({ create: { width, height, channels: 3, background: "#336699" } })
      .toFormat(format)
      .toBuffer(),
  );
