import { formatsOf } from "../formats.ts";

/** How Kazakh is written. */
export const { day, listed, number, percent, range, shortDay, timeUntil } = formatsOf("kk");
