import { describe, expect, it } from "vitest";
import type { Json, Session } from "@likeness/core";
import { err, ok } from "neverthrow";
import { aSession } from "../../fixtures/session.ts";
import { valueOf } from "../../results/value-of.ts";
import { awkwardJson, foreignText } from "./awkward.ts";
import type { CreateStore } from "./stored.ts";

const values: Json[] = [awkwardJson, [], null, false, 0, "", foreignText];

export function describeSessionRepository(create: CreateStore): void {
  describe("sessions", () => {
    it.each(values)("gives back any JSON: %j", async (value) => {
      const { sessions } = await create();
      const session = aSession({ key: `chat:${foreignText}`, value });
      expect(await sessions.save(session)).toStrictEqual(ok({ ...session, version: 1 }));
      expect(await sessions.find(session.key)).toStrictEqual(ok({ ...session, version: 1 }));
    });

    it("knows nothing of a key that was never saved", async () => {
      const { sessions } = await create();
      expect(await sessions.find("nothing")).toStrictEqual(ok(undefined));
    });

    it("replaces exactly the version that was read", async () => {
      const { sessions } = await create();
      const read = await valueOf(sessions.save(aSession()));
      expect(await sessions.save({ ...read, value: "next" })).toStrictEqual(
        ok({ key: read.key, value: "next", version: 2 }),
      );
      const conflict = err({ type: "version-conflict", entity: "session", id: read.key });
      expect(await sessions.save({ ...read, value: "late" })).toStrictEqual(conflict);
      expect(await sessions.save(aSession({ version: 1 }))).toMatchObject({ error: { type: "version-conflict" } });
    });

    it("lets exactly one of twenty concurrent first saves win", async () => {
      const { sessions } = await create();
      const session = aSession();
      const results = await Promise.all(Array.from({ length: 20 }, () => sessions.save(session)));
      expect(results.filter((result) => result.isOk())).toHaveLength(1);
      expect(results.filter((result) => result.isErr())).toStrictEqual(
        Array(19).fill(err({ type: "already-exists", rule: "id" })),
      );
    });

    it("erases the sessions of an owner, and nobody else's", async () => {
      const { sessions } = await create();
      const ownerId = "owner:1";
      const saved = async (session: Partial<Session>) => valueOf(sessions.save(aSession(session)));
      const [first, second] = [await saved({ ownerId }), await saved({ ownerId })];
      const [other, nobodys] = [await saved({ ownerId: "another" }), await saved({})];
      expect(await sessions.find(first.key)).toStrictEqual(ok(first));
      const changed = await valueOf(sessions.save({ ...second, value: "changed" }));
      expect(await sessions.find(second.key)).toStrictEqual(ok(changed));
      expect(await sessions.eraseOwner(ownerId)).toStrictEqual(ok(undefined));
      expect(await sessions.eraseOwner(ownerId)).toStrictEqual(ok(undefined));
      for (const { key } of [first, second]) expect(await sessions.find(key)).toStrictEqual(ok(undefined));
      for (const session of [other, nobodys]) expect(await sessions.find(session.key)).toStrictEqual(ok(session));
    });

    it("deletes a session, again and again, and takes the key anew", async () => {
      const { sessions } = await create();
      const session = await valueOf(sessions.save(aSession()));
      expect(await sessions.delete(session.key)).toStrictEqual(ok(undefined));
      expect(await sessions.delete(session.key)).toStrictEqual(ok(undefined));
      expect(await sessions.find(session.key)).toStrictEqual(ok(undefined));
      expect(await sessions.save({ ...session, version: 0 })).toStrictEqual(ok({ ...session, version: 1 }));
    });
  });
}
