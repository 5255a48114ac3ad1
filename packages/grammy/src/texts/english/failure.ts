import type { FailureReason } from "@likeness/core";

const again = "The avatar and its photos are kept. You can train again with the same photos.";

/** After the name: what happened, that nothing is lost, what to do next. */
export const failures = {
  rejected: {
    happened: "The training service refused the request, so nothing was trained.",
    next: again,
  },
  submit_unknown: {
    happened: "The training service never confirmed the request, and there is no trace of a training.",
    next: again,
  },
  provider_unavailable: {
    happened: "The training could not be started: the service could not be reached, or was too busy, for too long.",
    next: again,
  },
  provider_error: {
    happened: "The training stopped with an error in the training service.",
    next: again,
  },
  provider_timeout: {
    happened: "The training took too long and was stopped.",
    next: again,
  },
  result_lost: {
    happened: "The training ended, but its result could not be fetched.",
    next: again,
  },
  photos_missing: {
    happened: "The training could not be started: one of the photos was missing from storage.",
    next: "The avatar and its other photos are kept. You can train again. If it fails once more, create a new avatar and send the photos there.",
  },
  content_blocked: {
    happened: "The training service’s safety rules do not allow these photos, so nothing was trained.",
    next: "The avatar and its photos are kept. Replace photos that could be a problem, and train again.",
  },
  input_gone: {
    happened: "The training service could not read the photos that it was sent.",
    next: again,
  },
} as const satisfies Record<FailureReason, { readonly happened: string; readonly next: string }>;
