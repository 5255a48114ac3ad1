import { blackCanvas, gradient, rgb } from "../pictures/canvas.ts";
import { encodeJpeg } from "../pictures/encode-jpeg.ts";

/** A JPEG of somebody else, red above and blue below. */
export function aPicture(width = 64, height = 48): Blob {
  const canvas = blackCanvas(width, height);
  gradient(canvas, 0, height, rgb(230, 40, 30), rgb(30, 40, 230));
  return new Blob([encodeJpeg(canvas, Buffer.from("a comment"))], { type: "image/jpeg" });
}
