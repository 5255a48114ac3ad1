import type { Verb } from "../callback-data.ts";
import type { PressHandler } from "../press.ts";
import { askToDelete, deleteAvatar, keepAvatar } from "./delete-avatar.ts";
import { makeMain } from "./make-main.ts";
import { askForName } from "./rename-avatar.ts";
import { turnPage } from "./show-avatars.ts";
import { openAvatar } from "./show-card.ts";

/** The buttons of the list of avatars and of the card of one. */
export const avatarsPresses = {
  avatars: { answer: "with-outcome", handle: turnPage },
  page: { answer: "with-outcome", handle: turnPage },
  open: { answer: "with-outcome", handle: openAvatar },
  main: { answer: "with-outcome", handle: makeMain },
  rename: { answer: "with-outcome", handle: askForName },
  "delete-ask": { answer: "with-outcome", handle: askToDelete },
  "delete-yes": { answer: "with-outcome", handle: deleteAvatar },
  "delete-no": { answer: "with-outcome", handle: keepAvatar },
} as const satisfies Partial<Record<Verb, PressHandler>>;
