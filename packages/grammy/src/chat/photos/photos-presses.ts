import type { Verb } from "../callback-data.ts";
import type { PressHandler } from "../press.ts";
import { continueToTraining } from "./continue-to-training.ts";
import { undoPhoto } from "./undo-photo.ts";

/** The buttons below the status of a burst. */
export const photosPresses = {
  undo: undoPhoto,
  continue: continueToTraining,
} as const satisfies Partial<Record<Verb, PressHandler>>;
