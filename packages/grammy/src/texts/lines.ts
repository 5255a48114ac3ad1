import { FormattedString } from "@grammyjs/parse-mode";

type Line = string | FormattedString;

/** The lines of a message. One that does not apply is `undefined` and leaves no gap; an empty one is a gap. */
export const lines = (...given: readonly (Line | undefined)[]): FormattedString =>
  FormattedString.join(
    given.filter((line) => line !== undefined),
    "\n",
  );
