import { crc32, deflateSync } from "node:zlib";
import { randomBytes } from "node:crypto";
import { valueOf } from "@likeness/testing";
import { describe, expect, it } from "vitest";
import { portrait } from "../draw-samples.ts";
import { owner, wireStage } from "./wire-stage.ts";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe("photos as people send them", { timeout: 300_000 }, () => {
  it("takes exactly twenty of twenty-one that arrive at once", async () => {
    const { likeness, store, blobs } = await wireStage();
    const command = { actor: owner, kind: "style", gender: "unspecified", name: "Ada" } as const;
    const { id: avatarId } = await valueOf(likeness.avatars.create(command));
    const files = await Promise.all(Array.from({ length: 21 }, (_, seed) => portrait(seed + 100)));
    const answers = await Promise.all(files.map((bytes) => likeness.photos.add({ actor: owner, avatarId, bytes })));
    const refused = answers.flatMap((answer) => (answer.isErr() ? [answer.error] : []));
    expect(refused).toStrictEqual([{ type: "photo-rejected", rejection: { code: "limit-reached", maximum: 20 } }]);
    const photos = await valueOf(store.photos.listByAvatar(avatarId));
    expect(photos.map(({ number }) => number)).toStrictEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(await blobs()).toHaveLength(20);
  });

  it("takes the same one once, when it arrives five times at once", async () => {
    const { likeness, store, blobs } = await wireStage();
    const command = { actor: owner, kind: "portrait", gender: "unspecified", name: "Ada" } as const;
    const { id: avatarId } = await valueOf(likeness.avatars.create(command));
    const bytes = await portrait(1);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => likeness.photos.add({ actor: owner, avatarId, bytes })),
    );
    expect(answers.filter((answer) => answer.isOk())).toHaveLength(1);
    expect(await valueOf(store.photos.listByAvatar(avatarId))).toHaveLength(1);
    expect(await blobs()).toHaveLength(1);
  });

  it("refuses what is no good, with a code, and stores nothing of it", async () => {
    const { likeness, store, draft, blobs } = await wireStage();
    const { id: avatarId } = await draft();
    const before = await blobs();
    const good = await portrait(3);
    const bad: [Uint8Array, string][] = [
      [new Uint8Array(), "empty"],
      [text("I am not a photo.jpg"), "not-an-image"],
      [text("%PDF-1.7 called photo.jpg"), "not-an-image"],
      [good.subarray(0, good.length / 2), "truncated"],
      [Buffer.concat([good, randomBytes(21_000_000)]), "file-too-large"],
      [hugePng(40_000), "too-many-pixels"],
    ];
    for (const [bytes, code] of bad)
      expect(await likeness.photos.add({ actor: owner, avatarId, bytes })).toMatchObject({
        error: { type: "photo-rejected", rejection: { code } },
      });
    expect(await valueOf(store.photos.listByAvatar(avatarId))).toHaveLength(2);
    expect(await blobs()).toStrictEqual(before);
  });
});

/** The header of a square PNG with this side length in pixels, and hardly any data. */
function hugePng(side: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(64))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
