import { okAsync, err, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { anEntry, aPhotoEntry } from "../__fixtures__/archives.ts";
import { aPictureOrder, aPictureSnapshot } from "../__fixtures__/pictures.ts";
import { servedFake } from "../__fixtures__/served-fake.ts";

const weights = anEntry("weights", "\x08\0\0\0\0\0\0\0{}");

const withManifest = (makes: "image" | "variation" | "upscale", scale?: number) =>
  aPictureOrder({ ...aPictureSnapshot(makes), scale }, { status: "requested" });

describe("falProvider.prepare, for a picture", () => {
  it("has nothing to do where the order has no files", async () => {
    const { provider, fake } = await servedFake();
    const prepared = await provider.prepare(withManifest("image"), { name: "order-1", entries: [] });
    expect(prepared).toStrictEqual(ok({ input: {} }));
    expect(fake.requests).toStrictEqual([]);
  });

  it.each(["variation", "upscale"] as const)("uploads the source of a %s as it is, for a day", async (makes) => {
    const { provider, fake } = await servedFake();
    const prepared = await provider.prepare(withManifest(makes), {
      name: "order-1",
      entries: [aPhotoEntry("source", 1000)],
    });
    const url = expect.stringMatching(/\/files\/.*order-1_source\.jpg$/);
    expect(prepared).toStrictEqual(ok({ input: { image_url: url } }));
    const address = z.string().parse(prepared._unsafeUnwrap().input["image_url"]);
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    expect([bytes.length, ...bytes.slice(0, 3)]).toStrictEqual([1000, 0xff, 0xd8, 0xff]);
    expect(fake.requests[0]).toMatchObject({
      path: "/storage/upload/initiate",
      headers: { "x-fal-object-lifecycle": JSON.stringify({ expiration_duration_seconds: 86_400 }) },
      body: { content_type: "image/jpeg" },
    });
  });

  it("names a picture by its content", async () => {
    const { provider } = await servedFake();
    for (const [head, extension] of [
      ["\u0089PNG\r\n", "png"],
      ["RIFF1234WEBP", "webp"],
    ] as const) {
      const bytes = Buffer.from(head, "latin1");
      const entry = { file: "source", bytes: bytes.length, open: () => okAsync(new Blob([bytes]).stream()) };
      const prepared = await provider.prepare(withManifest("upscale"), { name: "order-1", entries: [entry] });
      expect(prepared._unsafeUnwrap().input["image_url"]).toMatch(new RegExp(`\\.${extension}$`));
    }
  });

  it.each([
    [undefined, 1],
    [1.15, 1.15],
  ])("uploads weights and lists them, with strength %s as %s", async (scale, sent) => {
    const { provider } = await servedFake();
    const prepared = await provider.prepare(withManifest("image", scale), { name: "order-1", entries: [weights] });
    const path = expect.stringMatching(/\/files\/.*order-1_weights\.safetensors$/);
    expect(prepared).toStrictEqual(ok({ input: { loras: [{ path, scale: sent }] } }));
  });

  it("uploads source and weights of one order, weights of more than 90 MiB in parts", async () => {
    const { provider, fake } = await servedFake();
    const entries = [aPhotoEntry("source", 10), aPhotoEntry("weights", 91 * 1024 * 1024)];
    const prepared = await provider.prepare(withManifest("variation"), { name: "order-1", entries });
    expect(Object.keys(prepared._unsafeUnwrap().input)).toStrictEqual(["image_url", "loras"]);
    expect(fake.requests.filter(({ method }) => method === "PUT")).toHaveLength(1 + 10);
  });

  it("takes two uploads of one file at once for one", async () => {
    const { provider, fake } = await servedFake();
    const archive = { name: "order-1", entries: [weights] };
    const [one, other] = await Promise.all([
      provider.prepare(withManifest("image"), archive),
      provider.prepare(withManifest("image"), archive),
    ]);
    expect(other).toStrictEqual(one);
    expect(fake.requests).toHaveLength(2);
  });

  it.each([
    ["upscale", "weights"],
    ["image", "source"],
    ["image", "photo_001.jpg"],
  ] as const)("refuses a file for which a(n) %s has no field: %s", async (makes, file) => {
    const { provider, fake } = await servedFake();
    const archive = { name: "order-1", entries: [anEntry(file, "x")] };
    const detail = `the order has no field for its file ${file}`;
    expect(await provider.prepare(withManifest(makes), archive)).toStrictEqual(
      err({ type: "provider-refused", status: 0, detail }),
    );
    expect(fake.requests).toStrictEqual([]);
  });

  it("uploads nothing when a file is not what was announced", async () => {
    const { provider, fake } = await servedFake();
    const archive = { name: "order-1", entries: [anEntry("weights", "short", 100)] };
    expect((await provider.prepare(withManifest("image"), archive))._unsafeUnwrapErr().type).toBe("blob-failure");
    expect(fake.requests).toStrictEqual([]);
  });
});
