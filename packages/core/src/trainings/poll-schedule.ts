import type { Policy } from "../policy.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../values/timestamp.ts";

const youngSeconds = 30 * 60;
const growth = 1.5;
const jitter = 0.2;

/**
 * Seconds until the next poll of a training: a constant interval at first, then each interval 1.5 times the previous
 * one, up to the maximum. It is computed from the age alone, so nothing is stored between two polls: intervals that
 * grow by a factor g add up to the age, so the next one is (g − 1) × age + g × first.
 */
export function pollDelay(ageSeconds: number, policy: Policy): number {
  const beyond = ageSeconds - youngSeconds;
  if (beyond < 0) return policy.pollSeconds;
  return Math.min(policy.pollMaxSeconds, (growth - 1) * beyond + growth * policy.pollSeconds);
}

/** Time of the next poll, ± 20 % so that trainings started together are not polled together. `random` is in [0, 1). */
export function nextPoll(since: Timestamp, now: Timestamp, policy: Policy, random: number): Timestamp {
  const delay = pollDelay(secondsBetween(since, now), policy);
  return addSeconds(now, delay * (1 - jitter + 2 * jitter * random));
}
