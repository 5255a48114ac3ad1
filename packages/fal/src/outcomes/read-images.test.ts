import { describe, expect, it } from "vitest";
import { readImages } from "./read-images.ts";

const url = "https://v3.fal.media/files/a/image.png";

describe("readImages", () => {
  it("finds every image, in its order", () => {
    const images = [
      { url, content_type: "image/png", file_size: 10, width: 512 },
      { url: `${url}?2`, content_type: null },
    ];
    expect(readImages({ images, seed: 1, has_nsfw_concepts: [false, false] })).toStrictEqual({
      image_1: { url, bytes: 10, contentType: "image/png" },
      image_2: { url: `${url}?2` },
    });
  });

  it.each([
    null,
    "text",
    {},
    { images: [] },
    { images: [{}] },
    { images: [{ url }, { url: "http://example.com/image.png" }] },
    { diffusers_lora_file: { url } },
  ])("finds none in %j", (result) => {
    expect(readImages(result)).toBeUndefined();
  });
});
