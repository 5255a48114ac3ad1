import { orThrow, uuidV7, systemClock, type Avatar, type BlobStore, type Picture, type Store } from "@likeness/core";
import { anImageOrder, anImageSnapshot, pictureBytes } from "@likeness/testing";
import { seededKey } from "./ready-avatar.ts";

/** A picture of an avatar although nobody has ordered it. Its order is stored with it. */
export async function seedPicture(
  { store, blobs }: { readonly store: Store; readonly blobs: BlobStore },
  { id: avatarId, ownerId }: Avatar,
  provider: string,
): Promise<Picture> {
  const [known] = await orThrow(store.pictures.list({ ownerId, avatarId }, { limit: 1 }));
  if (known) return known;
  const bytes = pictureBytes({ name: `seeded for ${ownerId}`, width: 880, height: 1_104 });
  const facts = { contentType: "image/jpeg", width: 880, height: 1_104, bytes: bytes.length } as const;
  const blobKey = await orThrow(blobs.put(bytes));
  const createdAt = systemClock.now();
  const id = uuidV7(systemClock).next();
  const snapshot = anImageSnapshot();
  const order = anImageOrder("succeeded", {
    id,
    setId: id,
    avatarId,
    ownerId,
    provider,
    idempotencyKey: `${seededKey}${ownerId}:picture`,
    snapshot,
    createdAt,
  });
  const { state } = order;
  if (state.status !== "succeeded") throw new Error("a succeeded order is succeeded");
  const outcome = { picture: { url: "https://files.example/seeded.jpg", blobKey, ...facts } };
  const picture = { id, setId: id, avatarId, ownerId, plan: snapshot.plan, blobKey, ...facts, favourite: false };
  return orThrow(
    store.atomically((tx) =>
      tx.orders
        .save({ ...order, state: { ...state, outcome } })
        .andThen(() => tx.pictures.save({ ...picture, createdAt, version: 0 })),
    ),
  );
}
