import { describe, expect, it } from "vitest";
import { ok } from "neverthrow";
import { testStart } from "../../clock/test-clock.ts";
import { aConsent } from "../../fixtures/consent.ts";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardText } from "./awkward.ts";
import { dawdle, overlapping } from "./overlapping.ts";
import type { CreateStore } from "./stored.ts";

const later = "2026-12-24T18:00:00.000Z";

export function describeConsentRepository(create: CreateStore): void {
  describe("consents", () => {
    it.each([
      ["with", { messageId: "42:7" }],
      ["without", {}],
    ])("gives back a consent %s a message", async (_, given) => {
      const { consents } = await create();
      const consent = aConsent({ ownerId: `telegram:${awkwardText}`, version: awkwardText, locale: "kk", ...given });
      expect(await consents.insert(consent)).toStrictEqual(ok("new"));
      expect(await consents.hold(consent.ownerId)).toStrictEqual(ok([consent]));
      expect(await consents.listByOwner(consent.ownerId)).toStrictEqual(ok([consent]));
    });

    it("knows nothing of an owner who was never asked", async () => {
      const { consents } = await create();
      expect(await consents.hold("telegram:1")).toStrictEqual(ok([]));
      expect(await consents.listByOwner("telegram:1")).toStrictEqual(ok([]));
      expect(await consents.withdraw("telegram:1", later)).toStrictEqual(ok(0));
      expect(await consents.eraseOwner("telegram:1")).toStrictEqual(ok(undefined));
    });

    it("stores one of twenty concurrent consents to the same text", async () => {
      const { consents } = await create();
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => valueOf(consents.insert(aConsent({ id: fixtureIds.next() })))),
      );
      expect(answers.filter((answer) => answer === "new")).toHaveLength(1);
      expect(await valueOf(consents.listByOwner("owner:1"))).toHaveLength(1);
    });

    it("keeps consents to other texts beside it, newest first", async () => {
      const { consents } = await create();
      const first = aConsent();
      const wording = aConsent({ textHash: "another wording", givenAt: later });
      const version = aConsent({ version: "2", givenAt: later });
      const other = aConsent({ ownerId: "owner:2" });
      for (const consent of [first, wording, version, other])
        expect(await consents.insert(consent)).toStrictEqual(ok("new"));
      expect(await consents.hold("owner:1")).toStrictEqual(ok([version, wording, first]));
      expect(await consents.listByOwner("owner:1")).toStrictEqual(ok([version, wording, first]));
    });

    it("withdraws what is open once, keeps it as proof, and takes the same consent anew", async () => {
      const { consents } = await create();
      const [first, second, other] = [aConsent(), aConsent({ version: "2" }), aConsent({ ownerId: "owner:2" })];
      for (const consent of [first, second, other]) await valueOf(consents.insert(consent));
      expect(await consents.withdraw("owner:1", testStart)).toStrictEqual(ok(2));
      expect(await consents.withdraw("owner:1", later)).toStrictEqual(ok(0));
      const again = aConsent({ givenAt: later });
      expect(await consents.insert(again)).toStrictEqual(ok("new"));
      expect(await consents.hold("owner:1")).toStrictEqual(ok([again]));
      const withdrawn = [second, first].map((consent) => ({ ...consent, withdrawnAt: testStart }));
      expect(await consents.listByOwner("owner:1")).toStrictEqual(ok([again, ...withdrawn]));
      expect(await consents.hold("owner:2")).toStrictEqual(ok([other]));
    });

    it("lets a withdrawal wait for what is done with the consent, or be seen by it", async () => {
      const store = await create();
      await valueOf(store.consents.insert(aConsent()));
      const seen: string[] = [];
      const [held, withdrawn] = await overlapping(
        store,
        (tx, begun) =>
          tx.consents
            .hold("owner:1")
            .andTee(begun)
            .andThen((open) => dawdle(tx).map(() => open.length))
            .andTee(() => seen.push("used")),
        () => store.consents.withdraw("owner:1", later).andTee(() => seen.push("withdrawn")),
      );
      expect([held, withdrawn]).toStrictEqual([ok(1), ok(1)]);
      expect(seen).toStrictEqual(["used", "withdrawn"]);
    });

    it("erases the consents of one owner, and no other", async () => {
      const { consents } = await create();
      const kept = aConsent({ ownerId: "owner:2" });
      for (const consent of [aConsent(), aConsent({ version: "2", withdrawnAt: later }), kept])
        await valueOf(consents.insert(consent));
      expect(await consents.eraseOwner("owner:1")).toStrictEqual(ok(undefined));
      expect(await consents.listByOwner("owner:1")).toStrictEqual(ok([]));
      expect(await consents.listByOwner("owner:2")).toStrictEqual(ok([kept]));
    });
  });
}
