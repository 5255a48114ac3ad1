import type { Verb } from "../callback-data.ts";
import type { PressHandler } from "../press.ts";
import { askToDelete, deleteAvatar, keepAvatar } from "./delete-avatar.ts";
import { makeMain } from "./make-main.ts";
import { askForName } from "./rename-avatar.ts";
import { openList, turnPage } from "./show-avatars.ts";
import { openAvatar } from "./show-card.ts";

/** The buttons of the list of avatars and of the card of one. */
export const avatarsPresses = {
  avatars: openList,
  page: turnPage,
  open: openAvatar,
  main: makeMain,
  rename: askForName,
  "delete-ask": askToDelete,
  "delete-yes": deleteAvatar,
  "delete-no": keepAvatar,
} as const satisfies Partial<Record<Verb, PressHandler>>;
