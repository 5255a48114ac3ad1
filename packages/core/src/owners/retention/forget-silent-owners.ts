import { ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { messageJob } from "../../jobs/jobs.ts";
import { atomically } from "../../ports/atomically.ts";
import type { BoundPorts } from "../../ports/ports.ts";
import type { StorageFailure } from "../../ports/storage-errors.ts";
import { addSeconds } from "../../values/timestamp.ts";
import { eraseOwner } from "../erasure/erase-owner.ts";
import type { Owner } from "../owner.ts";

/** Owners that are read at a time. */
const page = 100;

/**
 * Tells owners who have not been seen for long that everything of theirs will be erased, and erases it
 * `retentionNoticeSeconds` later. Who has no avatar is not told. A sign of life in between changes both.
 */
export const forgetSilentOwners = (
  ports: BoundPorts,
): ResultAsync<{ readonly told: number; readonly erased: number }, StorageFailure> =>
  safeTry(async function* () {
    const { store, clock, policy } = ports;
    const counts = { told: 0, erased: 0 };
    if (policy.ownerRetentionSeconds === 0) return ok(counts);
    const noticeAfter = Math.max(0, policy.ownerRetentionSeconds - policy.retentionNoticeSeconds);
    const silentSince = addSeconds(clock.now(), -noticeAfter);
    for (let last: Owner | undefined; ;) {
      const silent: Owner[] = yield* store.owners.silentBefore(silentSince, page, last);
      for (const owner of silent) {
        const verdict = yield* judge(ports, owner);
        if (verdict !== "waits") counts[verdict] += 1;
      }
      last = silent.at(-1);
      if (silent.length < page) return ok(counts);
    }
  });

function judge(ports: BoundPorts, owner: Owner): ResultAsync<"told" | "erased" | "waits", StorageFailure> {
  const { store, clock, policy } = ports;
  const { id: actor, lastSeenAt } = owner;
  const ago = (seconds: number): string => addSeconds(clock.now(), -seconds);
  return safeTry(async function* () {
    const avatars = yield* store.avatars.listByOwner(actor);
    if (avatars.length > 0) {
      const told = yield* store.outbox.findByDedupeKey(keyOf(owner));
      if (!told) return tell(ports, owner);
      if (told.createdAt > ago(policy.retentionNoticeSeconds)) return ok("waits" as const);
    }
    if (lastSeenAt > ago(policy.ownerRetentionSeconds)) return ok("waits" as const);
    const receipt = yield* eraseOwner(ports, { actor, lastSeenAt });
    return ok(receipt ? ("erased" as const) : ("waits" as const));
  });
}

/** Another sign of life makes another key. */
const keyOf = ({ id, lastSeenAt }: Owner): string => `${id}:owner-leaving:${lastSeenAt}`;

const tell = (
  { store, clock, ids, policy, log }: BoundPorts,
  owner: Owner,
): ResultAsync<"told" | "waits", StorageFailure> =>
  atomically(store, (tx) =>
    safeTry(async function* () {
      const seen = yield* tx.owners.hold(owner.id);
      const [avatar] = yield* tx.avatars.listByOwner(owner.id);
      if (seen?.lastSeenAt !== owner.lastSeenAt || !avatar) return ok("waits" as const);
      const now = clock.now();
      const inTime = addSeconds(owner.lastSeenAt, policy.ownerRetentionSeconds);
      const afterNotice = addSeconds(now, policy.retentionNoticeSeconds);
      const id = ids.next();
      const stored = yield* tx.outbox.insert({
        id,
        dedupeKey: keyOf(owner),
        ownerId: owner.id,
        avatarId: avatar.id,
        avatarName: avatar.name,
        orderId: avatar.id,
        content: { template: "owner-leaving", erasedAt: inTime > afterNotice ? inTime : afterNotice },
        state: { status: "pending" },
        attempts: 0,
        dueAt: now,
        createdAt: now,
        version: 0,
      });
      if (stored === "known") return ok("waits" as const);
      yield* tx.jobs.enqueue(messageJob(id));
      return okAsync("told" as const);
    }),
  ).andTee((verdict) => {
    if (verdict === "told") log.info({ ownerId: owner.id }, "an owner is told that everything will be erased");
  });
