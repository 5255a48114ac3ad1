import { describe, expect, it } from "vitest";
import type { ArchiveEntry, BlobFailure, BlobNotFound } from "@likeness/core";
import { err, errAsync, okAsync } from "neverthrow";
import { anArchive, anArchiveEntry } from "../../fixtures/archive.ts";
import { valueOf } from "../../results/value-of.ts";
import { brokenStream } from "../../streams/streams.ts";
import type { CreateTrainingProvider } from "./subject.ts";

const failures: (BlobFailure | BlobNotFound)[] = [
  { type: "blob-not-found", key: "the key of the photo" },
  { type: "blob-failure", cause: "the disk" },
];

export function describeUpload(create: CreateTrainingProvider): void {
  describe("upload", () => {
    it("returns a URL that only this archive has", async () => {
      const { provider } = await create();
      const [left, right] = [await valueOf(provider.upload(anArchive())), await valueOf(provider.upload(anArchive()))];
      expect([left, right].map((url) => URL.canParse(url))).toStrictEqual([true, true]);
      expect(left).not.toBe(right);
    });

    it("may be repeated", async () => {
      const { provider } = await create();
      const archive = anArchive();
      const urls = [await valueOf(provider.upload(archive)), await valueOf(provider.upload(archive))];
      expect(urls.map((url) => URL.canParse(url))).toStrictEqual([true, true]);
    });

    it("reads every photo once", async () => {
      const { provider } = await create();
      const opened: string[] = [];
      const noted = (entry: ArchiveEntry): ArchiveEntry => ({
        ...entry,
        open: () => {
          opened.push(entry.file);
          return entry.open();
        },
      });
      const archive = anArchive();
      await valueOf(provider.upload({ ...archive, entries: archive.entries.map(noted) }));
      expect(opened.toSorted()).toStrictEqual(archive.entries.map(({ file }) => file));
    });

    it.each(failures)("says $type when a photo cannot be read", async (failure) => {
      const { provider } = await create();
      const missing: ArchiveEntry = { file: "photo_002.jpg", bytes: 10, open: () => errAsync(failure) };
      const entries = [anArchiveEntry("photo_001.jpg"), missing, anArchiveEntry("photo_003.jpg")];
      expect(await provider.upload(anArchive({ entries }))).toStrictEqual(err(failure));
    });

    it("says blob-failure when a photo breaks off", async () => {
      const { provider } = await create();
      const broken: ArchiveEntry = {
        file: "photo_002.jpg",
        bytes: 10,
        open: () => okAsync(brokenStream(new TextEncoder().encode("half"))),
      };
      const entries = [anArchiveEntry("photo_001.jpg"), broken];
      expect(await provider.upload(anArchive({ entries }))).toStrictEqual(
        err({ type: "blob-failure", cause: expect.anything() }),
      );
    });
  });
}
