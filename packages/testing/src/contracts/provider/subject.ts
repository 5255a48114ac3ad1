import {
  advanceOrder,
  type Clock,
  type Order,
  type Profile,
  type Provider,
  type ProviderRequest,
  type Submission,
} from "@likeness/core";
import { anArchive } from "../../fixtures/archive.ts";
import { aProviderRequest } from "../../fixtures/provider-request.ts";
import { aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";

/**
 * How a submit ends at the provider: `deferred` is a 429, `lost` never arrives although it was sent, and `unconfirmed`
 * is accepted, but its answer does not come back.
 */
export type ScriptedSubmit = "refused" | "deferred" | "lost" | "unconfirmed";

/** Controls the provider behind the adapter. */
export interface ProviderControl {
  answerNextSubmit(answer: ScriptedSubmit): void | Promise<void>;
  /** How many submits were sent, with any outcome. */
  submits(): number | Promise<number>;
  /** Sets the status of a request from now on. */
  move(requestId: string, to: "queued" | "running" | "succeeded" | "failed"): void | Promise<void>;
}

export interface ProviderSubject {
  readonly provider: Provider;
  readonly control: ProviderControl;
  /** A profile for a trainer of the provider. */
  readonly profile: Profile;
  /** The clock of the provider. */
  readonly clock: Clock;
}

export type CreateProvider = () => Promise<ProviderSubject>;

/** An order that nothing is prepared for yet. */
export const aRequestedOrder = ({ provider, profile, clock }: ProviderSubject): Order =>
  aTraining("requested", { snapshot: aSnapshot({ profile }), provider: provider.name, createdAt: clock.now() });

/** An order that is prepared and is about to be submitted. */
export async function preparedOrder(subject: ProviderSubject): Promise<Submission> {
  const requested = aRequestedOrder(subject);
  const prepared = await valueOf(subject.provider.prepare(requested, anArchive()));
  const state = { status: "submitting", prepared, submitStartedAt: subject.clock.now() } as const;
  return { prepared, order: { ...requested, state } };
}

/** An order that the provider has accepted. */
export async function acceptedOrder(subject: ProviderSubject) {
  const submission = await preparedOrder(subject);
  const request = await valueOf(subject.provider.submit(submission));
  return { request, order: accepted(submission.order, request, subject.clock) };
}

/** An order with a request that the provider does not know. */
export async function strangeOrder(subject: ProviderSubject): Promise<Order> {
  const { order } = await preparedOrder(subject);
  return accepted(order, { requestId: aProviderRequest().requestId }, subject.clock);
}

export const accepted = (order: Order, request: ProviderRequest, clock: Clock): Order =>
  advanceOrder(order, { type: "accept", request, at: clock.now() }).match(
    (advanced) => advanced,
    (error) => {
      throw new Error(`the lifecycle has no ${error.transition} in ${error.from}`);
    },
  );
