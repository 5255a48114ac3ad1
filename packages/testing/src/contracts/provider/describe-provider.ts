import { describe } from "vitest";
import { describeRequests } from "./describe-requests.ts";
import { describeSubmit } from "./describe-submit.ts";
import { describePrepare } from "./describe-prepare.ts";
import type { CreateProvider } from "./subject.ts";

/** The contract of a `Provider`. `create` is called once per test; the provider knows no request yet. */
export function describeProvider(name: string, create: CreateProvider): void {
  describe(`Provider: ${name}`, () => {
    describePrepare(create);
    describeSubmit(create);
    describeRequests(create);
  });
}
