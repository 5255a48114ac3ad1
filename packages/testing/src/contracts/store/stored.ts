import type { Avatar, Store } from "@likeness/core";
import { anAvatar } from "../../fixtures/avatar.ts";
import { valueOf } from "../../results/value-of.ts";

export type CreateStore = () => Promise<Store>;

/** An avatar that is in the store. */
export const storedAvatar = (store: Store, overrides: Partial<Avatar> = {}): Promise<Avatar> =>
  valueOf(store.avatars.save(anAvatar(overrides)));
