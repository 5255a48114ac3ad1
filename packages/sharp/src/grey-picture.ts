/** One byte of luminance per pixel, row by row. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Luma of ITU-R BT.601 from interleaved RGB bytes, as JPEG itself has it. https://www.w3.org/Graphics/JPEG/jfif3.pdf */
export function greyPicture(rgb: Uint8Array, width: number, height: number): GreyPicture {
  const pixels = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < pixels.length; pixel++, at += 3) {
    pixels[pixel] = 0.299 * (rgb[at] ?? 0) + 0.587 * (rgb[at + 1] ?? 0) + 0.114 * (rgb[at + 2] ?? 0) + 0.5;
  }
  return { width, height, pixels };
}
