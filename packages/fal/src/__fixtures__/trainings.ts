import type { ProviderRequest, Training } from "@likeness/core";
import { aProviderRequest, aSnapshot, aTraining } from "@likeness/testing";
import { falProfiles } from "../profiles/fal-profiles.ts";

/** A portrait training at fal, 1,000 steps. */
const snapshot = aSnapshot({ profile: falProfiles.portrait, manifest: [] });

/** One of which the POST is under way. */
export const aSubmittingTraining = (archiveUrl: string, submitStartedAt: string): Training => ({
  ...aTraining("submitting", { provider: "fal", snapshot }),
  state: { status: "submitting", archiveUrl, submitStartedAt },
});

/** One that fal accepted. */
export const aSubmittedTraining = (request: Partial<ProviderRequest> = {}): Training => {
  const training = aTraining("submitted", { provider: "fal", snapshot });
  const accepted = { ...aProviderRequest({ requestId: "R" }), ...request };
  return training.state.status === "submitted"
    ? { ...training, state: { ...training.state, request: accepted } }
    : training;
};
