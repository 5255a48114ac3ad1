import { describe } from "vitest";
import { describeAvatarRepository } from "./describe-avatar-repository.ts";
import { describeConsentRepository } from "./describe-consent-repository.ts";
import { describeErasureRepository } from "./describe-erasure-repository.ts";
import { describeForeignText } from "./describe-foreign-text.ts";
import { describeGuardRepository } from "./describe-guard-repository.ts";
import { describeInboxRepository } from "./describe-inbox-repository.ts";
import { describeMainAvatar } from "./describe-main-avatar.ts";
import { describeOutboxRepository } from "./describe-outbox-repository.ts";
import { describeOwnerRepository } from "./describe-owner-repository.ts";
import { describePhotoRepository } from "./describe-photo-repository.ts";
import { describePhotoRules } from "./describe-photo-rules.ts";
import { describePictureLists } from "./describe-picture-lists.ts";
import { describePictureRepository } from "./describe-picture-repository.ts";
import { describeRaces } from "./describe-races.ts";
import { describeRuleRaces } from "./describe-rule-races.ts";
import { describeSessionRepository } from "./describe-session-repository.ts";
import { describeOrderOutcomes } from "./describe-order-outcomes.ts";
import { describeOrderRepository } from "./describe-order-repository.ts";
import { describeOrderRules } from "./describe-order-rules.ts";
import { describeOrderSets } from "./describe-order-sets.ts";
import { describeTransactions } from "./describe-transactions.ts";
import type { CreateStore } from "./stored.ts";

/**
 * The contract of a `Store`. `create` is called once in each test and returns an empty store; it closes what it opens
 * with vitest's `onTestFinished`.
 *
 * @example
 * describeStore("memory", async () => memoryStore({ clock: testClock() }).store);
 */
export function describeStore(name: string, create: CreateStore): void {
  describe(`Store: ${name}`, () => {
    describeTransactions(create);
    describeRaces(create);
    describeRuleRaces(create);
    describeForeignText(create);
    describeAvatarRepository(create);
    describeMainAvatar(create);
    describePhotoRepository(create);
    describePhotoRules(create);
    describeOrderRepository(create);
    describeOrderRules(create);
    describeOrderOutcomes(create);
    describeOrderSets(create);
    describePictureRepository(create);
    describePictureLists(create);
    describeInboxRepository(create);
    describeOutboxRepository(create);
    describeSessionRepository(create);
    describeOwnerRepository(create);
    describeConsentRepository(create);
    describeErasureRepository(create);
    describeGuardRepository(create);
  });
}
