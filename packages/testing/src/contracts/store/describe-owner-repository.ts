import { describe, expect, it } from "vitest";
import { addSeconds } from "@likeness/core";
import { err, ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { anOwner } from "../../fixtures/owner.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardText } from "./awkward.ts";
import { dawdle, overlapping } from "./overlapping.ts";
import type { CreateStore } from "./stored.ts";

export function describeOwnerRepository(create: CreateStore): void {
  describe("owners", () => {
    it.each([
      ["who has chosen nothing", {}],
      ["who has chosen everything", { locale: "kk-KZ", picturesPerPress: 4, progress: "hidden" }],
      ["who has exported everything", { exported: { id: "an export", at: testStart } }],
    ] as const)("gives back an owner %s", async (_, settings) => {
      const { owners } = await create();
      const owner = anOwner({ id: `telegram:${awkwardText}`, ...settings });
      expect(await owners.save(owner)).toStrictEqual(ok({ ...owner, version: 1 }));
      expect(await owners.find(owner.id)).toStrictEqual(ok({ ...owner, version: 1 }));
      expect(await owners.hold(owner.id)).toStrictEqual(ok({ ...owner, version: 1 }));
    });

    it("knows nothing of an owner who was never seen", async () => {
      const { owners } = await create();
      expect(await owners.find("telegram:1")).toStrictEqual(ok(undefined));
      expect(await owners.hold("telegram:1")).toStrictEqual(ok(undefined));
    });

    it("replaces exactly the version that was read, and takes choices back", async () => {
      const { owners } = await create();
      const read = await valueOf(owners.save(anOwner({ locale: "ru", picturesPerPress: 1, progress: "shown" })));
      const later = { id: read.id, lastSeenAt: "2027-01-01T00:00:00.000Z", version: read.version };
      expect(await owners.save(later)).toStrictEqual(ok({ ...later, version: 2 }));
      expect(await owners.find(read.id)).toStrictEqual(ok({ ...later, version: 2 }));
      const conflict = err({ type: "version-conflict", entity: "owner", id: read.id });
      expect(await owners.save(read)).toStrictEqual(conflict);
    });

    it("finds those who were last seen before a moment, the longest silent first, page by page", async () => {
      const { owners } = await create();
      const seen = async (id: string, seconds: number) =>
        valueOf(owners.save(anOwner({ id, lastSeenAt: addSeconds(testStart, seconds) })));
      const [third, first, second] = [await seen("c", 20), await seen("b", 10), await seen("a", 20)];
      await seen("d", 30);
      const moment = addSeconds(testStart, 30);
      expect(await owners.silentBefore(moment, 2)).toStrictEqual(ok([first, second]));
      expect(await owners.silentBefore(moment, 2, second)).toStrictEqual(ok([third]));
      expect(await owners.silentBefore(moment, 2, third)).toStrictEqual(ok([]));
    });

    it("lets exactly one of ten concurrent first saves win", async () => {
      const { owners } = await create();
      const owner = anOwner();
      const results = await Promise.all(Array.from({ length: 10 }, () => owners.save(owner)));
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      const refused = results.filter((result) => result.isErr());
      expect(refused).toStrictEqual(Array(9).fill(err({ type: "already-exists", rule: "id" })));
    });

    it("shows a second holder what the first one wrote", async () => {
      const store = await create();
      const { id } = await valueOf(store.owners.save(anOwner()));
      const [first, second] = await overlapping(
        store,
        (tx, begun) =>
          tx.owners.hold(id).andThen((owner) => {
            begun();
            return dawdle(tx).andThen(() => tx.owners.save({ ...anOwner(), ...owner, picturesPerPress: 4 }));
          }),
        () => store.atomically((tx) => tx.owners.hold(id)),
      );
      expect(first.isOk()).toBe(true);
      expect(second).toStrictEqual(ok({ id, lastSeenAt: testStart, picturesPerPress: 4, version: 2 }));
    });

    it("erases one owner, again and again, and no other", async () => {
      const { owners } = await create();
      const [gone, kept] = [await valueOf(owners.save(anOwner())), await valueOf(owners.save(anOwner()))];
      expect(await owners.eraseOwner(gone.id)).toStrictEqual(ok(undefined));
      expect(await owners.eraseOwner(gone.id)).toStrictEqual(ok(undefined));
      expect(await owners.find(gone.id)).toStrictEqual(ok(undefined));
      expect(await owners.find(kept.id)).toStrictEqual(ok(kept));
    });
  });
}
