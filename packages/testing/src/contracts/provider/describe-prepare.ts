import { describe, expect, it } from "vitest";
import type { Archive, ArchiveEntry, BlobFailure, BlobNotFound, Prepared } from "@likeness/core";
import { err, errAsync, okAsync } from "neverthrow";
import { anArchive, anArchiveEntry } from "../../fixtures/archive.ts";
import { valueOf } from "../../results/value-of.ts";
import { brokenStream } from "../../streams/streams.ts";
import { aRequestedOrder, type CreateForKind, type ProviderTraits } from "./subject.ts";

const failures: (BlobFailure | BlobNotFound)[] = [
  { type: "blob-not-found", key: "the key of the photo" },
  { type: "blob-failure", cause: "the disk" },
];

/** Prepares a new order with these photos. */
async function preparing(create: CreateForKind) {
  const subject = await create();
  const order = aRequestedOrder(subject);
  return (archive: Archive) => subject.provider.prepare(order, archive);
}

const isFilled = ({ input }: Prepared): boolean => Object.keys(input).length > 0;

export function describePrepare(create: CreateForKind, { readsPhotos = true }: ProviderTraits): void {
  describe("prepare", () => {
    it("may be repeated", async () => {
      const prepare = await preparing(create);
      const archive = anArchive();
      const twice = [await valueOf(prepare(archive)), await valueOf(prepare(archive))];
      expect(twice.map(isFilled)).toStrictEqual([true, true]);
    });
  });

  if (!readsPhotos) return;
  describe("prepare, by reading the photos", () => {
    it("returns what only this archive has", async () => {
      const prepare = await preparing(create);
      const [left, right] = [await valueOf(prepare(anArchive())), await valueOf(prepare(anArchive()))];
      expect([left, right].map(isFilled)).toStrictEqual([true, true]);
      expect(left).not.toStrictEqual(right);
    });

    it("reads every photo once", async () => {
      const prepare = await preparing(create);
      const opened: string[] = [];
      const noted = (entry: ArchiveEntry): ArchiveEntry => ({
        ...entry,
        open: () => {
          opened.push(entry.file);
          return entry.open();
        },
      });
      const archive = anArchive();
      await valueOf(prepare({ ...archive, entries: archive.entries.map(noted) }));
      expect(opened.toSorted()).toStrictEqual(archive.entries.map(({ file }) => file));
    });

    it.each(failures)("says $type when a photo cannot be read", async (failure) => {
      const prepare = await preparing(create);
      const missing: ArchiveEntry = { file: "photo_002.jpg", bytes: 10, open: () => errAsync(failure) };
      const entries = [anArchiveEntry("photo_001.jpg"), missing, anArchiveEntry("photo_003.jpg")];
      expect(await prepare(anArchive({ entries }))).toStrictEqual(err(failure));
    });

    it("says blob-failure when a photo breaks off", async () => {
      const prepare = await preparing(create);
      const broken: ArchiveEntry = {
        file: "photo_002.jpg",
        bytes: 10,
        open: () => okAsync(brokenStream(new TextEncoder().encode("half"))),
      };
      const entries = [anArchiveEntry("photo_001.jpg"), broken];
      expect(await prepare(anArchive({ entries }))).toStrictEqual(
        err({ type: "blob-failure", cause: expect.anything() }),
      );
    });
  });
}
