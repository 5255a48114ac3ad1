import type { Recipes } from "../../images/recipe.ts";
import type { FormerProvider } from "../../orders/order-providers.ts";
import type { BlobStore } from "../../ports/blob-store.ts";
import type { Check } from "../../ports/check.ts";
import type { Clock } from "../../ports/clock.ts";
import type { JobQueue } from "../../ports/job-queue.ts";
import type { Network } from "../../ports/network.ts";
import type { WebhookIntake } from "../../ports/outside-ports.ts";
import type { Provider } from "../../ports/provider.ts";
import type { Store } from "../../ports/store.ts";
import type { Profiles } from "../../trainings/profile.ts";
import { accountChecks } from "../../webhooks/account-checks.ts";
import { publicAddressCheck } from "../../webhooks/public-address-check.ts";
import { blobCheck } from "./blob-check.ts";
import { queueChecks } from "./queue-checks.ts";
import { storeChecks } from "./store-checks.ts";

/** What is looked at, as far as it is there. */
export interface CheckedParts {
  readonly clock: Clock;
  readonly store?: Store | undefined;
  readonly queue?: JobQueue | undefined;
  readonly blobs?: BlobStore | undefined;
  readonly provider?: Provider | undefined;
  readonly profiles?: Profiles | undefined;
  readonly recipes?: Recipes | undefined;
  readonly formerProviders?: readonly FormerProvider[] | undefined;
  readonly webhooks?: WebhookIntake | undefined;
  readonly network?: Network | undefined;
}

/** The checks of the core, and those that its ports bring. */
export const checksOf = (parts: CheckedParts): readonly Check[] => {
  const { clock, store, queue, blobs, provider, profiles, recipes, formerProviders = [], webhooks } = parts;
  const receivers = webhooks ? [webhooks.receiver, ...(webhooks.former ?? [])] : [];
  return [
    ...(store ? storeChecks(store) : []),
    ...(queue ? queueChecks(queue, clock) : []),
    ...(blobs ? [blobCheck(blobs)] : []),
    ...(provider?.checks?.({ profiles, recipes }) ?? []),
    // Nothing is trained there any more, but its models go on making pictures.
    ...formerProviders.flatMap((former) => former.provider.checks?.({ recipes: former.recipes }) ?? []),
    ...receivers.flatMap((receiver) => receiver.checks?.() ?? []),
    ...(store ? accountChecks(store, receivers) : []),
    ...(webhooks ? [publicAddressCheck({ ...parts, webhooks })] : []),
  ];
};
