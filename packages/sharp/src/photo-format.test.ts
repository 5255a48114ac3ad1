import { describe, expect, it } from "vitest";
import { drawPhoto } from "./__fixtures__/drawn-photo.ts";
import { photoFormat } from "./photo-header.ts";

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");

describe("photoFormat", () => {
  it.each([
    ["jpeg", () => drawPhoto().jpeg()],
    ["png", () => drawPhoto().png()],
    ["webp", () => drawPhoto().webp()],
    ["gif", () => drawPhoto().gif()],
    ["tiff", () => drawPhoto().tiff()],
    ["avif", () => drawPhoto({ width: 64, height: 64 }).avif({ effort: 0 })],
  ])("knows %s by its first bytes", async (format, draw) => {
    expect(photoFormat(await draw().toBuffer())).toBe(format);
  });

  it.each([
    ["heif", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
    ["heif", "\0\0\0\x18ftypheix\0\0\0\0mif1heix"],
    ["heif", "\0\0\0\x18ftypmif1\0\0\0\0mif1heic"],
    ["avif", "\0\0\0\x1cftypavif\0\0\0\0avifmif1"],
    ["tiff", "MM\0*\0\0\0\x08"],
    ["jpeg-ls", "\xff\xd8\xff\xf7\0\x0b"],
    ["jpeg-2000", "\0\0\0\x0cjP  \r\n\x87\n"],
    ["jpeg-2000", "\xff\x4f\xff\x51\0\x2f"],
    ["bmp", "BM\x36\0\x0c\0\0\0\0\0\x36\0\0\0"],
    ["jpeg-xl", "\xff\x0a\x00\x00"],
    ["jpeg-xl", "\0\0\0\x0cJXL \r\n\x87\n"],
  ])("knows %s: %j", (format, start) => {
    expect(photoFormat(ascii(start))).toBe(format);
  });

  it.each([
    "",
    "\xff\xd8",
    "a text",
    "BMW is a car",
    "%PDF-1.7",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "RIFF\0\0\0\0WAVEfmt ",
    "\0\0\0\x18ftypisom\0\0\0\0",
    "PK\x03\x04",
  ])("takes %j for no picture", (start) => {
    expect(photoFormat(ascii(start))).toBeUndefined();
  });
});
