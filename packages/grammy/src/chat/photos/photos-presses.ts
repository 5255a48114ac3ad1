import { okAsync } from "neverthrow";
import type { Verb } from "../callback-data.ts";
import type { PressHandler } from "../press.ts";

const handle: PressHandler["handle"] = () => okAsync(undefined);

/** The buttons below the status of a burst. */
export const photosPresses = {
  undo: { answer: "with-outcome", handle },
  continue: { answer: "with-outcome", handle },
} as const satisfies Partial<Record<Verb, PressHandler>>;
