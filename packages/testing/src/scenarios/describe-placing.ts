import { err, fromSafePromise, ok } from "neverthrow";
import { describe, expect, it } from "vitest";
import { closedGate } from "../contracts/gate.ts";
import { recordingCredits, type RecordingCredits } from "../fakes/recording-credits.ts";
import { valueOf } from "../results/value-of.ts";
import { creditsForOne } from "./credits-for-one.ts";
import { openOrderStage } from "./order-stage.ts";
import { withParts } from "./replaced-parts.ts";
import { expectInvariants, type CreateStorage } from "./stage.ts";
import type { TestedKind } from "./tested-kind.ts";

/** Answers no reservation before there are two. */
function creditsForTwoAtOnce(): RecordingCredits {
  const credits = recordingCredits();
  const both = closedGate();
  return {
    ...credits,
    reserve: (order) => {
      const reserved = credits.reserve(order);
      if (credits.calls.length === 2) both.open();
      return fromSafePromise(both.passed).andThen(() => reserved);
    },
  };
}

export function describePlacing(create: CreateStorage, kind: TestedKind): void {
  describe("placing", () => {
    const key = "button-1";

    it("answers the same key with the order under way, and asks for no credits", async () => {
      const stage = await openOrderStage(create, kind);
      const { draft, provider, credits, untilStatus } = stage;
      const { id: avatarId } = await draft(kind.photos);
      const place = () => valueOf(kind.place(stage, { avatarId, key }));
      const first = await place();
      expect((await place()).id).toBe(first.id);
      await untilStatus(first.id, "submitted");
      expect((await place()).id).toBe(first.id);
      expect(credits.calls).toStrictEqual([{ method: "reserve", orderId: first.id }]);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("answers the same key with the same order at once, and once it is over", async () => {
      const stage = await openOrderStage(create, kind);
      const { draft, provider, untilStatus } = stage;
      const { id: avatarId } = await draft(kind.photos);
      const place = () => valueOf(kind.place(stage, { avatarId, key }));
      const ids = new Set((await Promise.all([place(), place(), place()])).map(({ id }) => id));
      expect(ids.size).toBe(1);
      const [id = ""] = ids;
      await untilStatus(id, "submitted");
      provider.report(provider.requests[0]?.requestId ?? "", { type: "failed", detail: "out of memory" });
      await untilStatus(id, "failed");
      expect((await place()).id).toBe(id);
      expect(provider.submissions).toHaveLength(1);
      await expectInvariants(stage);
    });

    it("gives back what was reserved for the repeats of one key", async () => {
      const credits = creditsForTwoAtOnce();
      const stage = await openOrderStage(create, kind, { credits });
      const { id: avatarId } = await stage.draft(kind.photos);
      const place = () => valueOf(kind.place(stage, { avatarId, key }));
      const [first, second] = await Promise.all([place(), place()]);
      expect(second.id).toBe(first.id);
      const reserved = credits.calls.filter(({ method }) => method === "reserve").map(({ orderId }) => orderId);
      expect(reserved).toHaveLength(2);
      for (const id of reserved) expect(credits.lastOf(id)).toBe(id === first.id ? "reserve" : "release");
    });

    it("answers a repeat with its order although that has taken the last credits", async () => {
      const { credits, letThrough } = creditsForOne();
      const stage = await openOrderStage(create, kind, { credits });
      const { id: avatarId } = await stage.draft(kind.photos);
      const place = () => valueOf(kind.place(stage, { avatarId, key }));
      const both = [place(), place()];
      const { id } = await Promise.race(both);
      letThrough();
      expect((await Promise.all(both)).map((order) => order.id)).toStrictEqual([id, id]);
    });

    it("does not place what its owner cannot pay for", async () => {
      const stage = await openOrderStage(create, kind);
      const { draft, credits, avatar, store } = stage;
      const { id: avatarId } = await draft(kind.photos);
      credits.refuseNext("5 of 10 credits");
      expect(await kind.place(stage, { avatarId })).toStrictEqual(
        err({ type: "credits-refused", detail: "5 of 10 credits" }),
      );
      expect((await avatar(avatarId))?.state).toStrictEqual({ status: "draft" });
      expect(await valueOf(store.orders.listByAvatar(avatarId))).toStrictEqual([]);
    });

    it("keeps the reservation of an order that may have been stored", async () => {
      let answerLost = false;
      const lost = { type: "storage-failure", cause: "the connection was lost" } as const;
      const losingAnswers = withParts(create, (store) => ({
        atomically: (work) =>
          store.atomically(work).andThen((value) => {
            if (!answerLost) return ok(value);
            answerLost = false;
            return err(lost);
          }),
      }));
      const stage = await openOrderStage(losingAnswers, kind);
      const { draft, store, credits, untilStatus } = stage;
      const { id: avatarId } = await draft(kind.photos);
      answerLost = true;
      expect(await kind.place(stage, { avatarId })).toStrictEqual(err(lost));
      const [order] = await valueOf(store.orders.listByAvatar(avatarId));
      await untilStatus(order?.id ?? "", "submitted");
      expect(credits.calls).toStrictEqual([{ method: "reserve", orderId: order?.id }]);
    });
  });
}
