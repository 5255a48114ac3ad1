import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { blackCanvas, ellipse, gradient, hsl, rgb, type Canvas } from "./canvas.ts";
import { encodeJpeg } from "./encode-jpeg.ts";

const comment = Buffer.from("a comment");

const decoded = async (canvas: Canvas) => {
  const { data, info } = await sharp(encodeJpeg(canvas, comment)).raw().toBuffer({ resolveWithObject: true });
  const pixelAt = (x: number, y: number): number[] => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  return { ...info, pixelAt };
};

const near = (pixel: readonly number[]): unknown[] => pixel.map((value) => expect.closeTo(value, -1));

describe("encodeJpeg", () => {
  it.each([
    [1, 1],
    [8, 8],
    [17, 31],
    [864, 1152],
  ])("makes a JPEG of %i × %i that another decoder reads", async (width, height) => {
    const canvas = blackCanvas(width, height);
    gradient(canvas, 0, height, rgb(200, 60, 40), rgb(200, 60, 40));
    const { pixelAt, ...info } = await decoded(canvas);
    expect(info).toMatchObject({ format: "raw", width, height, channels: 3 });
    expect(pixelAt(width - 1, height - 1)).toStrictEqual(near([200, 60, 40]));
  });

  it("keeps colours, light and edges", async () => {
    const canvas = blackCanvas(200, 100);
    gradient(canvas, 0, 100, hsl(210, 1, 0.5), rgb(255, 255, 255));
    ellipse(canvas, { x: 150, y: 50, width: 60, height: 60 }, rgb(10, 20, 30));
    const { pixelAt } = await decoded(canvas);
    expect(pixelAt(20, 0)).toStrictEqual(near([0, 128, 255]));
    expect(pixelAt(20, 99)).toStrictEqual(near([253, 254, 255]));
    expect(pixelAt(150, 50)).toStrictEqual(near([10, 20, 30]));
    expect(pixelAt(186, 50)).toStrictEqual(near([128, 192, 255]));
  });

  it("stands noise, of which blocks have all coefficients", async () => {
    const canvas = blackCanvas(64, 64);
    for (const plane of canvas.planes)
      for (const at of plane.keys()) plane[at] = (at * 7919 + (at >> 3) * 104_729) % 256;
    expect((await decoded(canvas)).width).toBe(64);
  });

  it("makes a black picture for which a byte is enough", async () => {
    const stats = await sharp(encodeJpeg(blackCanvas(256, 256), comment)).stats();
    expect(stats.channels.map(({ mean, stdev }) => [mean, stdev])).toStrictEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });
});
