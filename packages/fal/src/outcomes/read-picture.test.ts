import { describe, expect, it } from "vitest";
import { falRecipes } from "../recipes/fal-recipes.ts";
import { readPicture } from "./read-picture.ts";

const url = "https://v3.fal.media/files/a/image.jpeg";
const image = { url, content_type: "image/jpeg", file_size: 10, width: 512, height: null };
const { image: flux, upscale } = falRecipes;
const all = Object.values(falRecipes);

describe("readPicture", () => {
  it("finds the picture of flux-lora, without its length, which fal may get wrong", () => {
    expect(readPicture({ images: [image], seed: 1, has_nsfw_concepts: [false] }, [flux])).toStrictEqual({
      outcome: { picture: { url, contentType: "image/jpeg" } },
      isUnflagged: false,
    });
  });

  it("finds the one picture of seedvr, which has no flags", () => {
    expect(readPicture({ image: { url, content_type: null }, seed: 1 }, [upscale])).toStrictEqual({
      outcome: { picture: { url } },
      isUnflagged: false,
    });
  });

  it("blocks a picture that is flagged", () => {
    expect(readPicture({ images: [image], has_nsfw_concepts: [true] }, [flux])?.outcome).toStrictEqual({
      picture: { url, contentType: "image/jpeg", blocked: "flagged" },
    });
  });

  it("finds it whatever else fal says of the file", () => {
    const odd = { ...image, file_size: "10", content_type: 7, width: "512" };
    expect(readPicture({ image: odd }, [upscale])?.outcome).toStrictEqual({ picture: { url } });
  });

  it("takes the first of several pictures with its own flag, whatever the others are", () => {
    const images = [image, { url: "http://example.com/2.jpeg" }];
    expect(readPicture({ images, has_nsfw_concepts: [false, true] }, [flux])?.outcome).toStrictEqual({
      picture: { url, contentType: "image/jpeg" },
    });
  });

  it.each([undefined, null, [], "false", [null], ["true"], { 0: true }])(
    "does not block a picture whose flags are %j, and says that they are missing",
    (has_nsfw_concepts) =>
      expect(readPicture({ images: [image], has_nsfw_concepts }, [flux])).toStrictEqual({
        outcome: { picture: { url, contentType: "image/jpeg" } },
        isUnflagged: true,
      }),
  );

  it("finds out which recipe a result is from", () => {
    const own = { pictureField: "image", flagsField: "nsfw" };
    const of = (result: unknown) => readPicture(result, [own, ...all]);
    expect(of({ images: [image], has_nsfw_concepts: [true] })?.outcome.picture?.blocked).toBe("flagged");
    expect(of({ image, nsfw: [true] })?.outcome.picture?.blocked).toBe("flagged");
    expect(of({ image })).toMatchObject({ outcome: { picture: { url } }, isUnflagged: false });
  });

  it.each([
    null,
    "text",
    {},
    { images: [] },
    { images: [{}] },
    { images: {} },
    { images: [{ url: "http://example.com/image.png" }, image] },
    { images: [{ url: "data:image/png;base64,AAAA" }] },
    { image: { url: "file:///etc/passwd" } },
    { diffusers_lora_file: { url } },
  ])("finds none in %j", (result) => expect(readPicture(result, all)).toBeUndefined());
});
