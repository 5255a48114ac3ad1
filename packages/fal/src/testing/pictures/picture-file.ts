import { blackCanvas } from "./canvas.ts";
import { drawPicture } from "./draw-picture.ts";
import { commentOf, type Drawing } from "./drawing.ts";
import { encodeJpeg } from "./encode-jpeg.ts";
import { encodePng, pngBomb } from "./encode-png.ts";

export const pictureTroubles = [
  "drawn",
  "flagged",
  "unflagged",
  "black",
  "empty",
  "html",
  "truncated",
  "huge",
  "bomb",
] as const;

/**
 * What a picture is: as it was asked for, or with trouble. `flagged` is black and called unsafe, `black` only black;
 * `unflagged` is drawn, but fal leaves the flags out; `empty` has 0 bytes, `html` is a page, `truncated` ends in its
 * middle, `huge` has 60 MB, `bomb` is a small PNG that claims 14,000 × 14,000 pixels.
 */
export type FalFakePicture = (typeof pictureTroubles)[number];

/** A picture as a snapshot holds it: it is drawn when it is read. */
export interface PictureFile {
  readonly drawing: Drawing;
  readonly shows: FalFakePicture;
  readonly format: "jpeg" | "png";
}

const encoders = {
  jpeg: (canvas, drawing) => encodeJpeg(canvas, commentOf(drawing)),
  png: (canvas) => encodePng(canvas),
} as const satisfies Record<
  PictureFile["format"],
  (canvas: ReturnType<typeof blackCanvas>, drawing: Drawing) => Uint8Array<ArrayBuffer>
>;

const draw = ({ drawing, format }: PictureFile): Uint8Array<ArrayBuffer> =>
  encoders[format](drawPicture(drawing), drawing);

const black = ({ drawing, format }: PictureFile): Uint8Array<ArrayBuffer> =>
  encoders[format](blackCanvas(drawing.width, drawing.height), drawing);

/** 60 MB that begin like a picture. */
function huge(file: PictureFile): Blob {
  const megabyte = new Uint8Array(1_000_000);
  return new Blob([draw(file), ...Array.from({ length: 60 }, () => megabyte)]);
}

const bytesOf = {
  drawn: draw,
  unflagged: draw,
  flagged: black,
  black,
  empty: () => new Uint8Array(),
  html: () => new Uint8Array(Buffer.from("<!doctype html><title>502 Bad Gateway</title>")),
  truncated: (file) => {
    const bytes = draw(file);
    return bytes.slice(0, bytes.length / 2);
  },
  huge,
  bomb: () => pngBomb(14_000),
} as const satisfies Record<FalFakePicture, (file: PictureFile) => Uint8Array<ArrayBuffer> | Blob>;

export const pictureContent = (file: PictureFile): Uint8Array<ArrayBuffer> | Blob => bytesOf[file.shows](file);
