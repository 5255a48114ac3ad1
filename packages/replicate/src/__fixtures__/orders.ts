import type { ImageOrder, ImageSnapshot, Order, Prepared, Training } from "@likeness/core";
import { aSnapshot, aTraining, anImageOrder, anImageSnapshot, testStart } from "@likeness/testing";
import { replicateProfiles } from "../profiles/replicate-profiles.ts";
import { replicateRecipes } from "../recipes/replicate-recipes.ts";

export const snapshot = aSnapshot({ profile: replicateProfiles.portrait });

export const aRequestedTraining = (): Training => aTraining("requested", { provider: "replicate", snapshot });

/** One of which the POST is under way. */
export const submitting = <Kind extends Order>(order: Kind, prepared: Prepared): Kind => ({
  ...order,
  state: { status: "submitting", prepared, submitStartedAt: testStart },
});

/** One that Replicate accepted. */
export const submitted = <Kind extends Order>(order: Kind, requestId: string): Kind => ({
  ...order,
  state: {
    status: "submitted",
    prepared: { input: {} },
    request: { requestId },
    submittedAt: testStart,
    progress: {},
  },
});

const { endpoint, input, pictureField } = replicateRecipes.image;

/** A picture from a prompt. */
export const aPicture = (seed = 7, fields: Partial<ImageSnapshot> = {}): ImageOrder =>
  anImageOrder("requested", {
    provider: "replicate",
    snapshot: anImageSnapshot({
      ...fields,
      endpoint,
      input: { ...input, prompt: "TOK_0a1b2c3d woman", aspect_ratio: "3:4", seed },
      pictureField,
    }),
  });
