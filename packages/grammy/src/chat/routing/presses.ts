import { avatarsPresses } from "../avatars/avatars-presses.ts";
import type { Verb } from "../callback-data.ts";
import { photosPresses } from "../photos/photos-presses.ts";
import type { PressHandler } from "../press.ts";
import { confirmPresses } from "../training/confirm-presses.ts";
import { trainingPresses } from "../training/training-presses.ts";
import { wizardPresses } from "../wizard/wizard-presses.ts";

/** The handlers of all our buttons. */
export const presses: Readonly<Record<Verb, PressHandler>> = {
  ...wizardPresses,
  ...photosPresses,
  ...confirmPresses,
  ...trainingPresses,
  ...avatarsPresses,
};
