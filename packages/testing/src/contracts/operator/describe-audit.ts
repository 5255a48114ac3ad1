import type { AuditEntry } from "@likeness/core";
import { ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { testStart } from "../../clock/test-clock.ts";
import { fixtureIds } from "../../fixtures/fixture-ids.ts";
import { valueOf } from "../../results/value-of.ts";
import { foreignText } from "../store/awkward.ts";
import { ago, all, idsOf, type CreateOperatorStore } from "./subject.ts";

const anEntry = (overrides: Partial<AuditEntry> = {}): AuditEntry => ({
  id: fixtureIds.next(),
  operator: "olga",
  action: "look",
  subject: { type: "order", id: "one" },
  at: testStart,
  ...overrides,
});

export function describeAudit(create: CreateOperatorStore): void {
  describe("audit", () => {
    it("keeps what was done, by whom, and what came of it first", async () => {
      const { audit } = (await create()).operator;
      const entry = anEntry({ operator: foreignText });
      for (const _ of [1, 2]) await valueOf(audit.note(entry));
      expect(await audit.list({}, all)).toStrictEqual(ok([entry]));
      await valueOf(audit.noteOutcome(entry.id, { outcome: "done", at: testStart }));
      await valueOf(audit.noteOutcome(entry.id, { outcome: "again", at: ago(-1) }));
      await valueOf(audit.noteOutcome("another", { outcome: "done", at: testStart }));
      expect(await audit.list({}, all)).toStrictEqual(ok([{ ...entry, outcome: "done", endedAt: testStart }]));
    });

    it("lists the newest first, about everything or about one thing, page by page", async () => {
      const { audit } = (await create()).operator;
      const [about, other] = [{ type: "order", id: "one" } as const, { type: "photo", id: "one" } as const];
      const [oldest, photo, newer, newest] = [
        anEntry({ at: ago(3) }),
        anEntry({ at: ago(2), subject: other, action: "open-photo" }),
        anEntry({ at: ago(1) }),
        anEntry({ at: ago(1) }),
      ].toSorted((left, right) => (left.at + left.id < right.at + right.id ? -1 : 1)) as [
        AuditEntry,
        AuditEntry,
        AuditEntry,
        AuditEntry,
      ];
      for (const entry of [newer, oldest, newest, photo]) await valueOf(audit.note(entry));
      expect(idsOf(await valueOf(audit.list({}, { limit: 3 })))).toStrictEqual(idsOf([newest, newer, photo]));
      const after = { at: newest.at, id: newest.id };
      expect(idsOf(await valueOf(audit.list({}, { limit: 2, after })))).toStrictEqual(idsOf([newer, photo]));
      expect(idsOf(await valueOf(audit.list({ subject: about }, all)))).toStrictEqual(idsOf([newest, newer, oldest]));
      expect(idsOf(await valueOf(audit.list({ subject: other }, all)))).toStrictEqual([photo.id]);
    });
  });
}
