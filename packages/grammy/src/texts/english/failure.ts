import type { FailureReason } from "@likeness/core";

const again = "The avatar and its photos are kept. You can train again with the same photos.";

/** After the name: what happened, that nothing is lost, what to do next. */
export const failures = {
  rejected: {
    happened: "The training service turned the request down, so nothing was trained.",
    next: again,
  },
  submit_unknown: {
    happened: "The training service never confirmed the request, and there is no trace of a training.",
    next: again,
  },
  provider_unavailable: {
    happened: "The training could not be started: the service was out of reach or too busy for too long.",
    next: again,
  },
  provider_error: {
    happened: "The training stopped with an error in the training service.",
    next: again,
  },
  provider_timeout: {
    happened: "The training took too long and was given up.",
    next: again,
  },
  result_lost: {
    happened: "The training ended, but its result could not be fetched.",
    next: again,
  },
  photos_missing: {
    happened: "The training could not be started: one of the photos was not found in the storage.",
    next: "The avatar and its other photos are kept. You can train again; should it fail once more, create a new avatar and send the photos there.",
  },
} as const satisfies Record<FailureReason, { readonly happened: string; readonly next: string }>;
