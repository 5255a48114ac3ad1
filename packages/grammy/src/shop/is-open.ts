import type { StorageFailure } from "@likeness/core";
import { errAsync, okAsync, type ResultAsync } from "neverthrow";
import type { ShopPorts } from "./shop-ports.ts";

/** Whether something is sold to a person now: not while nothing can be ordered with it. */
export const isOpen = (
  { packages, takesOrders }: Pick<ShopPorts, "packages" | "takesOrders">,
  { actor }: { readonly actor: string },
): ResultAsync<boolean, StorageFailure> =>
  packages.length === 0
    ? okAsync(false)
    : takesOrders({ actor })
        .map(() => true)
        .orElse((error) => (error.type === "storage-failure" ? errAsync(error) : okAsync(false)));
