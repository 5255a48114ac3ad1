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

/** The provider behind the adapter, as the suite moves it. */
export interface TrainingProviderControl {
  answerNextSubmit(answer: ScriptedSubmit): void | Promise<void>;
  /** How many submits were sent, whatever became of them. */
  submits(): number | Promise<number>;
  /** Takes a request to where it stands from now on. */
  move(requestId: string, to: "queued" | "running" | "succeeded" | "failed"): void | Promise<void>;
}

export interface TrainingProviderSubject {
  readonly provider: TrainingProvider;
  readonly control: TrainingProviderControl;
  /** A trainer that the provider has. */
  readonly profile: Profile;
  /** What the provider goes by. */
  readonly clock: Clock;
}

export type CreateTrainingProvider = () => Promise<TrainingProviderSubject>;

/** A training whose photos are uploaded and whose one submit is about to be sent. */
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

/** A training with a request that the provider has never heard of. */
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
