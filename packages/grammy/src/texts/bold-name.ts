import { FormattedString } from "@grammyjs/parse-mode";
import { shorten } from "./shorten.ts";
import { textLimits } from "./text-limits.ts";

/** An avatar's name in a message: bold, and short enough for a caption. */
export const boldName = (name: string, limit: number = textLimits.nameInCaption): FormattedString =>
  FormattedString.bold(shorten(name, limit));
