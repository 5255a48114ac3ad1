import { describe, expect, it } from "vitest";
import type { Avatar, Repositories, UniqueRule } from "@likeness/core";
import { err, errAsync, ok, type ResultAsync } from "neverthrow";
import { anAvatar } from "../../fixtures/avatar.ts";
import { aPhoto } from "../../fixtures/photo.ts";
import { aTraining } from "../../fixtures/training.ts";
import { dawdle, overlapping } from "./overlapping.ts";
import { storedAvatar, type CreateStore } from "./stored.ts";

type Insert = (tx: Repositories, avatar: Avatar, number: number) => ResultAsync<unknown, { readonly type: string }>;

/** Rows of which only one may exist, however many are saved. */
const once = {
  "photo-number": (tx, { id: avatarId }) => tx.photos.save(aPhoto({ avatarId, number: 7 })),
  "photo-reference": (tx, { id: avatarId }, number) =>
    tx.photos.save(aPhoto({ avatarId, number, reference: { locator: "file", key: "message" } })),
  "training-active": (tx, { id: avatarId }) => tx.orders.save(aTraining("requested", { avatarId })),
  "order-key": (tx, { id: avatarId }) => tx.orders.save(aTraining("failed", { avatarId, idempotencyKey: "key" })),
  "avatar-main": (tx, { ownerId }) => tx.avatars.save(anAvatar({ ownerId, main: true })),
} as const satisfies Partial<Record<UniqueRule, Insert>>;

const rules = Object.keys(once) as (keyof typeof once)[];

const changedMyMind = { type: "changed-my-mind" } as const;

/** Several transactions at once that together would violate a unique rule. */
export function describeRuleRaces(create: CreateStore): void {
  describe("races for a rule", () => {
    it.each(rules)("lets exactly one of ten transactions in that would break the rule %s together", async (rule) => {
      const store = await create();
      const avatar = await storedAvatar(store);
      const insert: Insert = once[rule];
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.atomically((tx) => insert(tx, avatar, index + 1).map(() => "in")),
        ),
      );
      expect(results.filter((result) => result.isOk())).toStrictEqual([ok("in")]);
      expect(results.filter((result) => result.isErr())).toStrictEqual(
        Array(9).fill(err({ type: "already-exists", rule })),
      );
    });

    it.each(rules)("does not count for the rule %s what is rolled back", async (rule) => {
      const store = await create();
      const avatar = await storedAvatar(store);
      const insert: Insert = once[rule];
      const [first, second] = await overlapping(
        store,
        (tx, begun) =>
          insert(tx, avatar, 1)
            .andTee(begun)
            .andThen(() => dawdle(tx))
            .andThen(() => errAsync(changedMyMind)),
        () => store.atomically((tx) => insert(tx, avatar, 2).map(() => "in")),
      );
      expect(first).toStrictEqual(err(changedMyMind));
      expect(second).toStrictEqual(ok("in"));
    });
  });
}
