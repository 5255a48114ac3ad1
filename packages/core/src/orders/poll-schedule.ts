import type { ResultAsync } from "neverthrow";
import type { IllegalTransition } from "../errors.ts";
import { jobKinds } from "../jobs/job-kinds.ts";
import { orderJob } from "../jobs/jobs.ts";
import type { Policy } from "../policy.ts";
import type { BoundPorts } from "../ports/ports.ts";
import type { StorageFailure } from "../ports/storage-errors.ts";
import type { Repositories } from "../ports/store.ts";
import type { ProviderError, RequestNotFound } from "../ports/provider.ts";
import { addSeconds, secondsBetween, type Timestamp } from "../values/timestamp.ts";
import { kindOf } from "./order-kind.ts";
import { idsOf, type Order } from "./order.ts";

/**
 * Enqueues a poll of an order. With a `purpose` it has its own key, so it neither delays nor replaces the regular
 * poll.
 */
export const enqueuePoll = (
  { jobs }: Pick<Repositories, "jobs">,
  orderId: string,
  runAt: Timestamp,
  purpose = "",
): ResultAsync<void, StorageFailure> =>
  jobs.enqueue({ ...orderJob(jobKinds.pollOrder, orderId), key: `${orderId}${purpose}`, runAt });

const youngSeconds = 30 * 60;
const growth = 1.5;
const jitter = 0.2;

/**
 * Seconds until the next poll of an order: a constant interval at first, then each interval 1.5 times the previous
 * one, up to the maximum. It is computed from the age alone, so nothing is stored between two polls: intervals that
 * grow by a factor g add up to the age, so the next one is (g − 1) × age + g × first.
 */
export function pollDelay(ageSeconds: number, policy: Pick<Policy, "pollSeconds" | "pollMaxSeconds">): number {
  const beyond = ageSeconds - youngSeconds;
  if (beyond < 0) return policy.pollSeconds;
  return Math.min(policy.pollMaxSeconds, (growth - 1) * beyond + growth * policy.pollSeconds);
}

/** Interval between two polls of a young order. */
export const firstPollSeconds = (
  ports: Pick<BoundPorts, "policy" | "kinds">,
  order: Pick<Order, "id" | "kind">,
): number => kindOf(ports, order).pollSeconds?.(ports.policy) ?? ports.policy.pollSeconds;

/** Time of the next poll, ± 20 % so that orders started together are not polled together. */
export function nextPoll(
  ports: Pick<BoundPorts, "clock" | "policy" | "random" | "kinds">,
  order: Pick<Order, "id" | "kind">,
  since: Timestamp,
): Timestamp {
  const { clock, policy, random } = ports;
  const now = clock.now();
  const pace = { pollSeconds: firstPollSeconds(ports, order), pollMaxSeconds: policy.pollMaxSeconds };
  return addSeconds(now, pollDelay(secondsBetween(since, now), pace) * (1 - jitter + 2 * jitter * random()));
}

/** The ports that polling an order needs, in any status. */
export type PollPorts = Pick<
  BoundPorts,
  "store" | "provider" | "clock" | "ids" | "random" | "policy" | "guards" | "consent" | "kinds" | "images" | "log"
>;

/**
 * What the provider said of an order: `answered` · `missing`, it does not know the order · `not-asked`, because the POST
 * has not begun or is under way, or the order has ended · an error.
 */
export type Seen = { readonly type: "answered" | "missing" | "not-asked" } | ProviderError;

export type Polled = ResultAsync<Seen, IllegalTransition | StorageFailure>;

/** Whether the deadline of the current status has passed. */
export const isOverdue = ({ clock }: Pick<BoundPorts, "clock">, { deadlineAt }: Order): boolean =>
  deadlineAt !== undefined && deadlineAt <= clock.now();

/** Logs that the provider could not answer; the next poll asks again. */
export const reportProviderError = ({ log }: PollPorts, order: Order, error: ProviderError | RequestNotFound): void =>
  log.warn({ ...idsOf(order), error }, "an order could not be looked at");
