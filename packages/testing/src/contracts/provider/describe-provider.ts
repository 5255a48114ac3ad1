import { describe } from "vitest";
import { describeRequests } from "./describe-requests.ts";
import { describeSubmit } from "./describe-submit.ts";
import { describePrepare } from "./describe-prepare.ts";
import type { CreateProvider, ProviderKind, ProviderTraits } from "./subject.ts";

/**
 * The contract of a `Provider`, for orders of these kinds. `create` is called once per test; the provider knows no
 * request yet. For `image` its subject has a `picture`. `traits`: what this provider does otherwise than most.
 */
export function describeProvider(
  name: string,
  create: CreateProvider,
  kinds: readonly ProviderKind[] = ["training"],
  traits: ProviderTraits = {},
): void {
  describe.each(kinds)(`Provider: ${name}, %s`, (kind) => {
    const createForKind = async () => ({ ...(await create()), kind });
    // Nothing is prepared for a picture from a prompt.
    if (kind === "training") describePrepare(createForKind, traits);
    describeSubmit(createForKind);
    describeRequests(createForKind);
  });
}
