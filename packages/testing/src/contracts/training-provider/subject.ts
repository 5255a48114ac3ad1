import {
  advanceTraining,
  type Clock,
  type Profile,
  type ProviderRequest,
  type Training,
  type TrainingProvider,
} from "@likeness/core";
import { anArchive } from "../../fixtures/archive.ts";
import { aProviderRequest, aSnapshot, aTraining } from "../../fixtures/training.ts";
import { valueOf } from "../../results/value-of.ts";

/**
 * How a submit ends at the provider: `deferred` is a 429, `lost` never arrives although it was sent, and `unconfirmed`
 * is accepted, but its answer does not come back.
 */
export type ScriptedSubmit = "refused" | "deferred" | "lost" | "unconfirmed";

/** Controls the provider behind the adapter. */
export interface TrainingProviderControl {
  answerNextSubmit(answer: ScriptedSubmit): void | Promise<void>;
  /** How many submits were sent, with any outcome. */
  submits(): number | Promise<number>;
  /** Sets the status of a request from now on. */
  move(requestId: string, to: "queued" | "running" | "succeeded" | "failed"): void | Promise<void>;
}

export interface TrainingProviderSubject {
  readonly provider: TrainingProvider;
  readonly control: TrainingProviderControl;
  /** A profile for a trainer of the provider. */
  readonly profile: Profile;
  /** The clock of the provider. */
  readonly clock: Clock;
}

export type CreateTrainingProvider = () => Promise<TrainingProviderSubject>;

/** A training whose photos are uploaded and which is about to be submitted. */
export async function uploadedTraining({ provider, profile, clock }: TrainingProviderSubject) {
  const archiveUrl = await valueOf(provider.upload(anArchive()));
  const state = { status: "submitting", archiveUrl, submitStartedAt: clock.now() } as const;
  const snapshot = aSnapshot({ profile });
  const training = aTraining("submitting", { state, snapshot, provider: provider.name, createdAt: clock.now() });
  return { archiveUrl, training };
}

/** A training that the provider has accepted. */
export async function acceptedTraining(subject: TrainingProviderSubject) {
  const submission = await uploadedTraining(subject);
  const request = await valueOf(subject.provider.submit(submission));
  return { request, training: accepted(submission.training, request, subject.clock) };
}

/** A training with a request that the provider does not know. */
export async function strangeTraining(subject: TrainingProviderSubject): Promise<Training> {
  const { training } = await uploadedTraining(subject);
  return accepted(training, { requestId: aProviderRequest().requestId }, subject.clock);
}

export const accepted = (training: Training, request: ProviderRequest, clock: Clock): Training =>
  advanceTraining(training, { type: "accept", request, at: clock.now() }).match(
    (advanced) => advanced,
    (error) => {
      throw new Error(`the lifecycle has no ${error.transition} in ${error.from}`);
    },
  );
