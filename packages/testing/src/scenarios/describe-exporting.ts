import {
  addSeconds,
  createLikeness,
  outcomeIn,
  type BlobStore,
  type ExportDocument,
  type ExportPart,
} from "@likeness/core";
import { err, errAsync, ok, okAsync } from "neverthrow";
import { describe, expect, it } from "vitest";
import { memoryCredits } from "../fakes/memory-credits.ts";
import { memoryBlobStore } from "../fakes/memory-blob-store.ts";
import { memoryPurchases } from "../fakes/memory-purchases.ts";
import { recordingCredits } from "../fakes/recording-credits.ts";
import { digestOf } from "../fixtures/fixture-ids.ts";
import { anAcceptedPhoto } from "../fixtures/photo.ts";
import { aPicturePlan } from "../fixtures/image-order.ts";
import { aCharge, aPurchase } from "../fixtures/purchase.ts";
import { aPicture } from "../fixtures/picture.ts";
import { valueOf } from "../results/value-of.ts";
import { readZip } from "../streams/read-zip.ts";
import { openImageStage } from "./image-stage.ts";
import { openStage, owner, type CreateStorage, type Stage } from "./stage.ts";

async function bytesIn(part: ExportPart): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of part.stream()) pieces.push(piece);
  return Buffer.concat(pieces);
}

const documentIn = (files: ReadonlyMap<string, Uint8Array>): ExportDocument =>
  JSON.parse(Buffer.from(files.get("likeness.json") ?? []).toString());

const exported = ({ likeness }: Pick<Stage, "likeness">, command = {}) =>
  valueOf(likeness.owners.export({ actor: owner, id: "the same", ...command }));

/** An owner with a number of photos and pictures, whose bytes are all different. */
async function owning(stage: Stage, { photos, pictures }: { photos: number; pictures: number }): Promise<void> {
  const { store, blobs, draft, ports } = stage;
  const avatar = await draft(0);
  const put = async (text: string) => valueOf(blobs.put(new TextEncoder().encode(text.repeat(400))));
  for (let number = 1; number <= photos; number++) {
    const blobKey = await put(`photo ${number} `);
    const { id: _, ...photo } = anAcceptedPhoto({ avatarId: avatar.id, number });
    if (photo.state.status !== "accepted") throw new Error("it is accepted");
    const facts = { ...photo.state.facts, sha256: digestOf(`file ${number}`), bytes: 400 * `photo ${number} `.length };
    const reference = { locator: `file ${number}`, key: `key ${number}` };
    const state = { status: "accepted", blobKey, facts } as const;
    await valueOf(store.photos.save({ ...photo, id: ports.ids.next(), reference, state }));
  }
  for (let number = 1; number <= pictures; number++) {
    const blobKey = await put(`picture ${number} `);
    const bytes = 400 * `picture ${number} `.length;
    const row = { id: ports.ids.next(), avatarId: avatar.id, ownerId: owner, blobKey, bytes, plan: aPicturePlan() };
    await valueOf(store.pictures.save(aPicture(row)));
  }
}

/** Blobs that count how many of them are being read, and how much was read that nobody took yet. */
function countedBlobs() {
  const inner = memoryBlobStore();
  const reads = { open: 0, most: 0, all: 0 };
  const counted: BlobStore = {
    ...inner,
    get: (key) =>
      inner.get(key).map((stream) => {
        const reader = stream.getReader();
        reads.all++;
        reads.most = Math.max(reads.most, ++reads.open);
        let isOpen = true;
        const close = () => {
          if (isOpen) reads.open--;
          isOpen = false;
        };
        return new ReadableStream<Uint8Array>(
          {
            pull: async (controller) => {
              const { done, value } = await reader.read();
              if (done) {
                close();
                controller.close();
              } else controller.enqueue(value);
            },
            cancel: close,
          },
          { highWaterMark: 0 },
        );
      }),
  };
  return { blobs: Object.assign(counted, { blobs: inner.blobs, setDown: inner.setDown }), reads };
}

/** Everything about an owner as a zip. */
export function describeExporting(create: CreateStorage): void {
  describe("exporting", () => {
    it("says of somebody who has nothing that there is nothing", async () => {
      const stage = await openStage(create);
      const [zip, ...others] = await exported(stage);
      const files = readZip(await bytesIn(zip));
      expect([zip.name, others, [...files.keys()]]).toStrictEqual(["likeness.zip", [], ["likeness.json"]]);
      expect(documentIn(files)).toStrictEqual({
        schema: "likeness-export",
        version: 1,
        exportedAt: stage.time.clock.now(),
        owner,
        consents: [],
        avatars: [],
        pictures: [],
      });
    });

    it("has photos, pictures, words, models and settings, and nothing of others", async () => {
      const stage = await openImageStage(create);
      const { likeness, blobs, picture } = stage;
      const { id, blobKey } = await picture({ scene: undefined, words: "by the sea of Marmara" });
      await valueOf(likeness.owners.changeSettings({ actor: owner, locale: "kk" }));
      await valueOf(likeness.avatars.create({ actor: "owner:2", kind: "style", gender: "unspecified", name: "Bob" }));
      const [zip] = await exported(stage);
      const files = readZip(await bytesIn(zip));
      const document = documentIn(files);
      expect(document).toMatchObject({
        settings: { locale: "kk" },
        avatars: [{ name: "Ada", status: "ready", photos: [{ number: 1 }, { number: 2 }, { number: 3 }] }],
        pictures: [{ id, plan: { words: "by the sea of Marmara" } }],
      });
      expect(JSON.stringify(document)).not.toContain("Bob");
      const named = [
        ...document.avatars.flatMap(({ photos, trainings }) => [...photos, ...trainings.flatMap(({ model }) => model)]),
        ...document.pictures,
      ];
      expect(named).toHaveLength(3 + 2 + 1);
      for (const { file = "", sha256 = "" } of named) {
        expect(digestOf(files.get(file) ?? new Uint8Array())).toBe(sha256);
        expect(blobs.blobs.has(sha256)).toBe(true);
      }
      expect(files.size).toBe(named.length + 1);
      expect((await bytesIn(zip)).byteLength).toBeLessThanOrEqual(zip.bytes);
      const [linked] = await exported(stage, { models: "links" });
      const withLinks = readZip(await bytesIn(linked));
      expect(withLinks.size).toBe(files.size - 2);
      const [model] = document.avatars[0]?.trainings[0]?.model ?? [];
      const training = await stage.training(stage.trainingId);
      expect(model?.url).toBe(outcomeIn(training.state)?.weights.url);
      expect(digestOf(files.get(`pictures/${id}.jpg`) ?? new Uint8Array())).toBe(blobKey);
    });

    it("has the accounts of the person, and nothing of others", async () => {
      const credits = memoryCredits({ prices: { training: 100 } });
      const purchases = memoryPurchases({ ledger: credits, jobs: { enqueue: () => okAsync(undefined) } });
      const stage = await openStage(create, { credits, purchases });
      for (const ownerId of [owner, "owner:2"]) {
        const purchase = aPurchase({ ownerId, credits: 150 });
        await valueOf(purchases.open(purchase));
        await valueOf(purchases.pay(aCharge(purchase)));
      }
      const { id } = await stage.ordered();
      const [zip] = await exported(stage);
      const bytes = await bytesIn(zip);
      const files = readZip(bytes);
      expect(JSON.parse(Buffer.from(files.get("credits.json") ?? []).toString())).toMatchObject({
        balance: 150,
        held: 100,
        entries: [{ kind: "top_up", amount: 150 }],
        holds: [{ orderId: id, amount: 100, state: "held" }],
      });
      expect(JSON.parse(Buffer.from(files.get("payments.json") ?? []).toString())).toMatchObject({
        purchases: [{ credits: 150, amount: 50 }],
        payments: [{ state: "booked", credits: 150 }],
      });
      for (const content of files.values()) expect(Buffer.from(content).toString()).not.toContain("owner:2");
      expect(bytes.byteLength).toBeLessThanOrEqual(zip.bytes);
    });

    it("has the file of a host's own billing, and says when that fails", async () => {
      const accounts = { invoices: [{ number: "2026-17", euros: 12 }] };
      const credits = { ...recordingCredits(), statement: () => okAsync(accounts) };
      const stage = await openStage(create, { credits });
      const files = readZip(await bytesIn((await exported(stage))[0]));
      expect(JSON.parse(Buffer.from(files.get("credits.json") ?? []).toString())).toStrictEqual(accounts);
      const failure = { type: "credits-failure", cause: "on purpose" } as const;
      const failing = createLikeness({ ...stage.ports, credits: { ...credits, statement: () => errAsync(failure) } });
      expect(await failing.owners.export({ actor: owner })).toStrictEqual(err(failure));
    });

    it("is made once an hour, says when it is possible again, and may be repeated", async () => {
      const stage = await openStage(create);
      const { likeness, time } = stage;
      const { owners } = likeness;
      await valueOf(owners.seen({ actor: owner }));
      await valueOf(owners.seen({ actor: "owner:2" }));
      const retryAt = addSeconds(time.clock.now(), 3_600);
      const tooMany = err({ type: "too-many-exports", retryAt });
      const at = async (id?: string) => (await owners.export({ actor: owner, id })).map(() => undefined);
      expect(await owners.mayExport({ actor: owner })).toStrictEqual(ok(undefined));
      const atOnce = await Promise.all(["one", "other", undefined].map(at));
      expect(atOnce.filter((outcome) => outcome.isOk())).toHaveLength(1);
      expect(atOnce.filter((outcome) => outcome.isErr())).toStrictEqual([tooMany, tooMany]);
      await time.pass(60);
      const first = atOnce[0]?.isOk() ? "one" : "other";
      if (atOnce[2]?.isErr()) expect(await at(first)).toStrictEqual(ok(undefined));
      expect(await owners.mayExport({ actor: owner })).toStrictEqual(tooMany);
      expect(await at("third")).toStrictEqual(tooMany);
      expect(await owners.export({ actor: "owner:2" })).toMatchObject({ value: [{ name: "likeness.zip" }] });
      await time.pass(3_540);
      expect(await at("third")).toStrictEqual(ok(undefined));
    });

    it("counts for the limit only when it was made and has reached the person", async () => {
      const failure = { type: "credits-failure", cause: "on purpose" } as const;
      const stage = await openStage(create, {
        credits: { ...recordingCredits(), statement: () => (isDown ? errAsync(failure) : okAsync({ invoices: [] })) },
      });
      let isDown = true;
      const { owners } = stage.likeness;
      await valueOf(owners.seen({ actor: owner }));
      expect(await owners.export({ actor: owner, id: "one" })).toStrictEqual(err(failure));
      expect(await owners.mayExport({ actor: owner })).toStrictEqual(ok(undefined));
      isDown = false;
      await valueOf(owners.export({ actor: owner, id: "one" }));
      await valueOf(owners.exportFailed({ actor: owner, id: "another" }));
      expect(await owners.mayExport({ actor: owner })).toMatchObject({ error: { type: "too-many-exports" } });
      await valueOf(owners.exportFailed({ actor: owner, id: "one" }));
      expect(await owners.mayExport({ actor: owner })).toStrictEqual(ok(undefined));
      await valueOf(owners.exportFailed({ actor: "owner:2", id: "one" }));
      expect(await stage.store.owners.find("owner:2")).toStrictEqual(ok(undefined));
    });

    it("is not limited where the host wants that, and leaves nothing of somebody unknown", async () => {
      const stage = await openStage(create, { policy: { exportIntervalSeconds: 0 } });
      const { owners } = stage.likeness;
      for (const _ of [1, 2]) expect((await owners.export({ actor: owner })).isOk()).toBe(true);
      expect(await stage.store.owners.find(owner)).toStrictEqual(ok(undefined));
      await valueOf(owners.seen({ actor: owner }));
      for (const _ of [1, 2]) expect((await owners.export({ actor: owner })).isOk()).toBe(true);
    });

    it("reads one file after the other, of 200 photos and 500 pictures", { timeout: 120_000 }, async () => {
      const { blobs, reads } = countedBlobs();
      const stage = await openStage(create, { blobs });
      await owning({ ...stage, blobs }, { photos: 200, pictures: 500 });
      const [zip] = await exported(stage);
      expect(reads.all).toBe(0);
      let ahead = 0;
      let bytes = 0;
      const pieces: Uint8Array[] = [];
      for await (const piece of zip.stream()) {
        ahead = Math.max(ahead, reads.open);
        bytes += piece.byteLength;
        pieces.push(piece);
      }
      expect([reads.most, ahead, reads.open, reads.all]).toStrictEqual([1, 1, 0, 700]);
      expect(bytes).toBeLessThanOrEqual(zip.bytes);
      expect(readZip(Buffer.concat(pieces)).size).toBe(701);
    });

    it("closes the file that it reads when nobody reads on", async () => {
      const { blobs, reads } = countedBlobs();
      const stage = await openStage(create, { blobs });
      await owning({ ...stage, blobs }, { photos: 2, pictures: 0 });
      const [zip] = await exported(stage);
      for await (const piece of zip.stream()) if (reads.open > 0 && piece.byteLength > 100) break;
      expect([reads.all, reads.open]).toStrictEqual([1, 0]);
    });

    it("is split into zips of a size, each complete in itself", async () => {
      const stage = await openStage(create);
      await owning(stage, { photos: 4, pictures: 6 });
      const partBytes = 15_000;
      const parts = await exported(stage, { partBytes });
      expect(parts.map(({ name }) => name)).toStrictEqual(
        parts.map((_, index) => `likeness-${index + 1}-of-${parts.length}.zip`),
      );
      const names: string[] = [];
      for (const part of parts) {
        const bytes = await bytesIn(part);
        expect(bytes.byteLength).toBeLessThanOrEqual(partBytes);
        names.push(...readZip(bytes).keys());
      }
      expect(parts.length).toBeGreaterThan(2);
      expect(names[0]).toBe("likeness.json");
      expect(new Set(names).size).toBe(11);
    });

    it("leaves out what is erased meanwhile, and fails when files cannot be read", async () => {
      const stage = await openStage(create);
      await owning(stage, { photos: 2, pictures: 1 });
      const [zip] = await exported(stage);
      const [gone] = [...stage.blobs.blobs.keys()];
      await valueOf(stage.blobs.delete(gone ?? ""));
      expect(readZip(await bytesIn(zip)).size).toBe(3);
      stage.blobs.setDown(true);
      await expect(bytesIn(zip)).rejects.toThrow("a file cannot be read");
      stage.blobs.setDown(false);
      expect(readZip(await bytesIn(zip)).size).toBe(3);
    });
  });
}
