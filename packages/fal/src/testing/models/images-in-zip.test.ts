import { describe, expect, it } from "vitest";
import { jpeg, photoArchive } from "../__fixtures__/photo-archive.ts";
import { imagesInZip } from "./images-in-zip.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const webp = Buffer.from("RIFF\0\0\0\0WEBPVP8 ", "latin1");

describe("imagesInZip", () => {
  it.each([true, false])("knows images by their content (compressed: %s)", async (compress) => {
    const files = {
      "a.jpg": jpeg,
      "b.png": png,
      "deep/c.bin": webp,
      "notes.txt": Buffer.from("x"),
      "lie.jpg": Buffer.from("x"),
    };
    expect(await imagesInZip(await photoArchive(files, compress))).toStrictEqual(["a.jpg", "b.png", "deep/c.bin"]);
  });

  it("finds none in an empty archive", async () => {
    expect(await imagesInZip(await photoArchive({}))).toStrictEqual([]);
  });

  it("passes over what macOS leaves behind", async () => {
    const files = { "__MACOSX/a.jpg": jpeg, "deep/.b.jpg": jpeg, "c.jpg": jpeg };
    expect(await imagesInZip(await photoArchive(files))).toStrictEqual(["c.jpg"]);
  });

  it.each([
    ["text", async () => new Blob(["PK is not enough"])],
    ["nothing", async () => new Blob([])],
    ["an archive that lacks its end", async () => (await photoArchive()).slice(0, 120)],
    ["an archive that lacks its beginning", async () => (await photoArchive()).slice(40)],
  ])("cannot read %s", async (_name, make) => {
    expect(await imagesInZip(await make())).toBe(undefined);
  });
});
