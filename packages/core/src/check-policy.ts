import { defaultPolicy, type Policy } from "./policy.ts";
import type { Some } from "./values/some.ts";
import { withoutUndefined } from "./values/without-undefined.ts";

/**
 * The defaults, overridden by what the host chose. Throws for an invalid number, which is a mistake in the host's code.
 */
export function checkPolicy(chosen: Some<Policy> = {}): Policy {
  const policy: Policy = { ...defaultPolicy, ...withoutUndefined(chosen) };
  for (const [name, value] of Object.entries(policy))
    if (!Number.isFinite(value) || value < 0 || (value === 0 && !mayBeZero.has(name)))
      throw new RangeError(`the policy's ${name} must be a positive number, not ${String(value)}`);
  if (policy.trainingDeadlineSeconds <= 2 * policy.submitTimeoutSeconds)
    throw new RangeError("the policy's trainingDeadlineSeconds must exceed twice its submitTimeoutSeconds");
  return policy;
}

const mayBeZero: ReadonlySet<string> = new Set<keyof Policy>(["copyWaitSeconds", "nearDuplicateDistance"]);
