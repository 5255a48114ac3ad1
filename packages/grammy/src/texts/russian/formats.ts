import { formatsOf } from "../formats.ts";

/** How Russian is written. */
export const { countOf, day, listed, number, percent, plural, range, shortDay, timeUntil } = formatsOf("ru");
