import { describe, expect, it } from "vitest";
import { greyPicture, type GreyPicture } from "./grey-picture.ts";
import { measurePicture } from "./picture-measures.ts";

function paint(width: number, height: number, light: (x: number, y: number) => number): GreyPicture {
  const pixels = Uint8Array.from({ length: width * height }, (_, index) =>
    light(index % width, Math.floor(index / width)),
  );
  return { width, height, pixels };
}

describe("measurePicture", () => {
  it("finds no contrast and no detail in one flat grey", () => {
    expect(measurePicture(paint(20, 10, () => 100))).toStrictEqual({ luminance: 100, contrast: 0, sharpness: 0 });
  });

  it("finds the widest contrast where half is black and half is white", () => {
    const halves = paint(20, 10, (x) => (x < 10 ? 0 : 255));
    expect(measurePicture(halves)).toMatchObject({ luminance: 127.5, contrast: 127.5 });
  });

  it("finds no detail in an even slope, whatever its direction", () => {
    const slope = paint(20, 10, (x, y) => 5 * x + 7 * y);
    expect(measurePicture(slope)).toMatchObject({ sharpness: 0 });
  });

  it("finds the most detail in a chessboard: every pixel differs from its four neighbours", () => {
    // The Laplacian is 4 × 10 up or down everywhere, so its variance is 40².
    const board = paint(22, 12, (x, y) => ((x + y) % 2 === 0 ? 100 : 110));
    expect(measurePicture(board)).toStrictEqual({ luminance: 105, contrast: 5, sharpness: 1600 });
  });

  it("does not take the edge of the picture or the next row for a neighbour", () => {
    const columns = paint(20, 10, (x) => 10 * x);
    expect(measurePicture(columns)).toMatchObject({ sharpness: 0 });
  });
});

describe("greyPicture", () => {
  it("weighs green most and blue least, and keeps greys as they are", () => {
    const rgb = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 77, 77, 77, 255, 255, 255]);
    expect(greyPicture(rgb, 5, 1).pixels).toStrictEqual(Uint8Array.from([76, 150, 29, 77, 255]));
  });
});
