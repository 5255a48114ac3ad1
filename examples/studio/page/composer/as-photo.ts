/** Brands of HEIF files whose pictures are HEVC: https://nokiatech.github.io/heif/technical.html */
const brands: ReadonlySet<string> = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);
const quality = 0.92;

/**
 * A picture as Telegram's apps upload it. They convert HEIC to JPEG with the phone's decoder; this does the same in a
 * browser that can decode it, and resolves to `undefined` in others. Other files are unchanged. Rejects if the file is
 * gone.
 */
export async function asPhoto(file: File): Promise<Blob | undefined> {
  const start = new TextDecoder("latin1").decode(await file.slice(0, 12).arrayBuffer());
  // Detected by its content, because such files have various extensions.
  return start.slice(4, 8) === "ftyp" && brands.has(start.slice(8)) ? asJpeg(file) : file;
}

async function asJpeg(file: File): Promise<Blob | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    picture.close();
    return await canvas.convertToBlob({ type: "image/jpeg", quality });
  } catch {
    return undefined;
  }
}
