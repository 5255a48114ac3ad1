import { okAsync } from "neverthrow";
import type { Verb } from "../callback-data.ts";
import type { PressHandler } from "../press.ts";

const handle: PressHandler["handle"] = () => okAsync(undefined);

/** The buttons of the list of avatars and of the card of one. */
export const avatarsPresses = {
  avatars: { answer: "with-outcome", handle },
  page: { answer: "with-outcome", handle },
  open: { answer: "with-outcome", handle },
  main: { answer: "with-outcome", handle },
  rename: { answer: "with-outcome", handle },
  "delete-ask": { answer: "with-outcome", handle },
  "delete-yes": { answer: "with-outcome", handle },
  "delete-no": { answer: "with-outcome", handle },
} as const satisfies Partial<Record<Verb, PressHandler>>;
