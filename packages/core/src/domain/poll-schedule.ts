import type { Policy } from "./policy.ts";
import { addSeconds, secondsBetween, type Timestamp } from "./timestamp.ts";

const youngSeconds = 30 * 60;
const growth = 1.5;
const jitter = 0.2;

/**
 * Seconds until a training is looked at again: a constant pace while it is young, then each wait 1.5 times the one
 * before, up to the maximum. Derived from the age alone, so nothing has to be remembered between two looks: waits that
 * grow by a factor g add up to the age, so the next one is (g − 1) × age + g × first.
 */
export function pollDelay(ageSeconds: number, policy: Policy): number {
  const beyond = ageSeconds - youngSeconds;
  if (beyond < 0) return policy.pollSeconds;
  return Math.min(policy.pollMaxSeconds, (growth - 1) * beyond + growth * policy.pollSeconds);
}

/** When to look again, ± 20 % so that trainings started together drift apart. `random` is in [0, 1). */
export function nextPoll(since: Timestamp, now: Timestamp, policy: Policy, random: number): Timestamp {
  const delay = pollDelay(secondsBetween(since, now), policy);
  return addSeconds(now, delay * (1 - jitter + 2 * jitter * random));
}
