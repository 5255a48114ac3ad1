import type { Archive, Prepared, Provider, ProviderRequest, Training } from "@likeness/core";
import { aProviderRequest, aSnapshot, aTraining } from "@likeness/testing";
import { z } from "zod";
import { falProfiles } from "../profiles/fal-profiles.ts";

/** A portrait training at fal, 1,000 steps. */
const { archiveField } = falProfiles.portrait;
const snapshot = aSnapshot({ profile: falProfiles.portrait, manifest: [] });

/** What the provider has prepared, with the address of the archive. */
export const preparedWith = (archiveUrl: string): Prepared => ({ input: { [archiveField]: archiveUrl } });

/** Uploads an archive for a training and returns its address. */
export const upload = (provider: Provider, archive: Archive) =>
  provider
    .prepare(aTraining("requested", { provider: "fal", snapshot }), archive)
    .map(({ input }) => z.string().parse(input[archiveField]));

/** One of which the POST is under way. */
export const aSubmittingTraining = (archiveUrl: string, submitStartedAt: string): Training => ({
  ...aTraining("submitting", { provider: "fal", snapshot }),
  state: { status: "submitting", prepared: preparedWith(archiveUrl), submitStartedAt },
});

/** One that fal accepted. */
export const aSubmittedTraining = (request: Partial<ProviderRequest> = {}): Training => {
  const training = aTraining("submitted", { provider: "fal", snapshot });
  const accepted = { ...aProviderRequest({ requestId: "R" }), ...request };
  return training.state.status === "submitted"
    ? { ...training, state: { ...training.state, request: accepted } }
    : training;
};
