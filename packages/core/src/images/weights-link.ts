import { err, errAsync, ok, okAsync, safeTry, type ResultAsync } from "neverthrow";
import { holdOrder } from "../orders/change-order.ts";
import type { KindPorts } from "../orders/order-kind.ts";
import { hasEnded, withOutcome } from "../orders/order-lifecycle.ts";
import { idsOf, type ManifestEntry, type Order, type Prepared } from "../orders/order.ts";
import type { OutcomeFile } from "../orders/outcome.ts";
import { atomically } from "../ports/atomically.ts";
import type { BlobFailure, BlobNotFound } from "../ports/blob-store.ts";
import type { ProviderError } from "../ports/provider.ts";
import type { SaveError, StorageFailure } from "../ports/storage-errors.ts";
import type { Model } from "../trainings/model.ts";
import { isTraining, modelIn } from "../trainings/training.ts";
import { addSeconds } from "../values/timestamp.ts";
import type { ImageOrder } from "./image-order.ts";
import { weightsAddressIn, weightsFile } from "./image-snapshot.ts";

/** How long an upload may take before another order tries it. */
const uploadSeconds = 300;

/** The address by which the provider reads an avatar's weights. */
export const weightsUrl = ({ weights: { url, link } }: Model): string => link?.url ?? url;

/** `none`: we have no copy, or the provider does not take it. `later`: another order uploads it, or nobody can now. */
export type FreshLink = { readonly type: "ready"; readonly url: string } | { readonly type: "none" | "later" };

type Found = { readonly type: "upload"; readonly weights: ManifestEntry } | FreshLink;

/**
 * An address of an avatar's weights that the provider can read, for an order that failed with the former one. Our copy is
 * uploaded once for all orders: its address is stored with the model, and while one order uploads it, the others wait.
 */
export const freshLink = (ports: KindPorts, order: ImageOrder): ResultAsync<FreshLink, StorageFailure | BlobFailure> =>
  safeTry(async function* () {
    const found = yield* findOrClaim(ports, order);
    if (found.type !== "upload") return ok(found);
    const { weights } = found;
    const prepared = await ports.provider.prepare(order, {
      name: order.snapshot.trainingId,
      entries: [{ ...weights, open: () => ports.blobs.get(weights.blobKey) }],
    });
    return prepared.isOk() ? note(ports, order, prepared.value) : afterFailure(ports, order, prepared.error);
  });

/** Reads the stored address, or notes that this order uploads a new one. */
const findOrClaim = (ports: KindPorts, order: ImageOrder): ResultAsync<Found, StorageFailure | BlobFailure> =>
  safeTry(async function* () {
    const { store, clock, blobs } = ports;
    const { input, weightsField } = order.snapshot;
    const sent = weightsAddressIn(input, weightsField);
    const claimed = yield* atomically<OutcomeFile | FreshLink, SaveError>(store, (tx) =>
      safeTry(async function* () {
        const training = yield* holdOrder(tx, order.snapshot.trainingId);
        const model = isTraining(training) ? modelIn(training.state) : undefined;
        if (!training || !model) return ok({ type: "none" } as const);
        const url = weightsUrl(model);
        if (url !== sent) return ok({ type: "ready", url } as const);
        const { uploading, blobKey } = model.weights;
        if (blobKey === undefined) return ok({ type: "none" } as const);
        const now = clock.now();
        if (uploading && uploading.orderId !== order.id && uploading.until > now) return ok({ type: "later" } as const);
        const until = addSeconds(now, uploadSeconds);
        return tx.orders
          .save(withWeights(training, { uploading: { orderId: order.id, until } }))
          .map(() => model.weights);
      }),
    );
    if ("type" in claimed) return ok(claimed);
    const { blobKey = "" } = claimed;
    const facts = await blobs.stat(blobKey);
    if (facts.isOk()) return ok({ type: "upload", weights: { file: weightsFile, blobKey, ...facts.value } } as const);
    return facts.error.type === "blob-not-found" ? ok({ type: "none" } as const) : err(facts.error);
  });

/** Stores the address with the model, for all orders after this one. */
const note = (
  ports: KindPorts,
  { snapshot: { trainingId, weightsField } }: ImageOrder,
  { input }: Prepared,
): ResultAsync<FreshLink, StorageFailure> => {
  const url = weightsAddressIn(input, weightsField);
  if (url === undefined) return okAsync({ type: "none" });
  return atomically<FreshLink, SaveError>(ports.store, (tx) =>
    holdOrder(tx, trainingId).andThen((training) =>
      training
        ? tx.orders
            .save(withWeights(training, { link: { url, uploadedAt: ports.clock.now() } }))
            .map(() => ({ type: "ready", url }) as const)
        : okAsync({ type: "none" } as const),
    ),
  );
};

function afterFailure(
  { log }: KindPorts,
  order: ImageOrder,
  error: ProviderError | BlobFailure | BlobNotFound,
): ResultAsync<FreshLink, BlobFailure> {
  switch (error.type) {
    case "provider-unavailable":
      log.warn({ ...idsOf(order), detail: error.detail }, "the weights of an avatar cannot be uploaded yet");
      return okAsync({ type: "later" });
    case "provider-refused":
      log.warn({ ...idsOf(order), detail: error.detail }, "the provider does not take the weights of an avatar");
      return okAsync({ type: "none" });
    case "blob-not-found":
      return okAsync({ type: "none" });
    case "blob-failure":
      return errAsync(error);
  }
}

/** The training with another address of its weights, or another order that uploads them. */
function withWeights(training: Order, { link, uploading }: Pick<OutcomeFile, "link" | "uploading">): Order {
  const { state } = training;
  const model = isTraining(training) ? modelIn(training.state) : undefined;
  if (!hasEnded(state) || !model) return training;
  const { uploading: _former, ...weights } = model.weights;
  return {
    ...training,
    state: withOutcome(state, {
      ...model,
      weights: { ...weights, ...(link && { link }), ...(uploading && { uploading }) },
    }),
  };
}
