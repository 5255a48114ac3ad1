import { okAsync, type ResultAsync } from "neverthrow";
import type { Order } from "../orders/order.ts";
import type { Ports } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";

/** Whether a consent of the owner was withdrawn after the order was placed, also if a new one was given since. */
export const isWithdrawn = (
  { consents }: Pick<Repositories, "consents">,
  { consent: ask }: Pick<Ports, "consent">,
  { ownerId, createdAt }: Pick<Order, "ownerId" | "createdAt">,
): ResultAsync<boolean, StorageFailure> =>
  ask === "elsewhere"
    ? okAsync(false)
    : consents
        .listByOwner(ownerId)
        .map((all) => all.some(({ withdrawnAt }) => withdrawnAt !== undefined && withdrawnAt >= createdAt));
