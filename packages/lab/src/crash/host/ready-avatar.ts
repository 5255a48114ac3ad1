import { createHash } from "node:crypto";
import { orThrow, systemClock, uuidV7, type Avatar, type BlobStore, type Store } from "@likeness/core";
import { anAvatar, aSnapshot, aTraining, weightsBytes } from "@likeness/testing";

/** The beginning of the keys of trainings that nobody ordered. */
export const seededKey = "seeded:";

export interface Seed {
  readonly owner: string;
  /** Name of the provider that is said to have trained it. */
  readonly provider: string;
  /** Puts the weights where the provider finds them, and returns the address. */
  readonly upload: (weights: Uint8Array) => Promise<string>;
}

/** An avatar that is ready although nobody has ordered its training, which is stored with it. */
export async function seedAvatar(
  { store, blobs }: { readonly store: Store; readonly blobs: BlobStore },
  { owner, provider, upload }: Seed,
): Promise<Avatar> {
  const [known] = await orThrow(store.avatars.listByOwner(owner));
  if (known) return known;
  const now = systemClock.now();
  const trainingId = uuidV7(systemClock).next();
  const bytes = weightsBytes("the face of a seeded avatar");
  const avatar = anAvatar({
    id: idOf(owner),
    ownerId: owner,
    main: true,
    state: { status: "ready", trainingId },
    createdAt: now,
    updatedAt: now,
  });
  const blobKey = await orThrow(blobs.put(bytes));
  const training = aTraining("succeeded", {
    id: trainingId,
    avatarId: avatar.id,
    ownerId: owner,
    provider,
    idempotencyKey: `${seededKey}${owner}`,
    snapshot: aSnapshot({ manifest: [] }),
    createdAt: now,
  });
  const { state } = training;
  if (state.status !== "succeeded") throw new Error("a succeeded training is succeeded");
  const url = await upload(bytes);
  const outcome = { weights: { url, bytes: bytes.length, blobKey } };
  await orThrow(
    store.atomically((tx) =>
      tx.avatars.save(avatar).andThen(() => tx.orders.save({ ...training, state: { ...state, outcome } })),
    ),
  );
  return avatar;
}

/** The same for the same owner, so that two processes do not seed two. */
function idOf(owner: string): string {
  const hex = createHash("sha256").update(owner).digest("hex");
  return `00000000-0000-7000-8000-${hex.slice(0, 12)}`;
}
