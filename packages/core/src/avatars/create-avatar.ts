import { err, safeTry, type ResultAsync } from "neverthrow";
import type { AvatarNotFound } from "../errors.ts";
import type { NotAllowed } from "../guards/guard-errors.ts";
import { checkAllowed } from "../guards/guards.ts";
import { noteSign } from "../owners/sign-of-life.ts";
import { atomically } from "../ports/atomically.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import { profileFor, type KindUnavailable } from "../trainings/profile.ts";
import { parseAvatarName, type InvalidName } from "./avatar-name.ts";
import type { Avatar, AvatarKind, Gender } from "./avatar.ts";
import { ownAvatar } from "./own-avatar.ts";

export interface CreateAvatar {
  /** A UUIDv7 chosen by the caller. The same id twice is the same avatar, so the caller can repeat the command. */
  readonly id?: string | undefined;
  readonly actor: string;
  readonly kind: AvatarKind;
  readonly gender: Gender;
  readonly name: string;
}

/** The owner has the maximum number of avatars. */
export interface AvatarLimitReached {
  readonly type: "avatar-limit-reached";
  readonly maximum: number;
}

/** `avatar-not-found`: the chosen id belongs to another owner's avatar, which is answered like a missing one. */
export type CreateAvatarError =
  InvalidName | NotAllowed | KindUnavailable | AvatarNotFound | AvatarLimitReached | StorageFailure;

/**
 * Creates an avatar, as a draft without photos; an existing one is returned as it is. The limit guards against abuse
 * only: two creates at once may exceed it by one.
 */
export function createAvatar(
  {
    store,
    clock,
    ids,
    policy,
    guards,
    profiles,
  }: Pick<Ports, "store" | "clock" | "ids" | "policy" | "guards" | "profiles">,
  { id = ids.next(), actor, kind, gender, name: rawName }: CreateAvatar,
): ResultAsync<Avatar, CreateAvatarError> {
  return safeTry(async function* () {
    yield* checkAllowed({ guards }, actor);
    yield* profileFor(profiles, kind);
    const name = yield* parseAvatarName(rawName);
    const now = clock.now();
    const draft: Avatar = {
      id,
      ownerId: actor,
      kind,
      gender,
      name,
      main: false,
      photosTaken: 0,
      state: { status: "draft" },
      createdAt: now,
      updatedAt: now,
      version: 0,
    };
    return atomically(store, (tx) =>
      safeTry(async function* () {
        if (yield* tx.avatars.find(id)) return ownAvatar(tx, { actor, avatarId: id });
        const owned = yield* tx.avatars.listByOwner(actor);
        const maximum = policy.avatarsPerOwner;
        if (owned.length >= maximum) return err({ type: "avatar-limit-reached", maximum } as const);
        yield* noteSign(tx, { clock }, actor);
        return tx.avatars.save(draft);
      }),
    );
  });
}
