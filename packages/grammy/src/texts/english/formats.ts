import { formatsOf } from "../formats.ts";

/** How English is written: as in Britain, like the words of the texts. */
export const { countOf, day, listed, number, percent, plural, range, shortDay, timeUntil } = formatsOf("en-GB");
