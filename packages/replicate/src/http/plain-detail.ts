import { cleanText } from "@likeness/core";

/** Links may hold signatures or lead to a person's photos. */
const links = /\b(?:https?|data):\S+|\b[\w.-]+\.[a-z]{2,}\/\S*/gi;

/** Makes the text of a provider safe for people and logs: one line without links, at most 300 characters. */
export const plainDetail = (text: string): string =>
  cleanText(cleanText(text, 5_000).replaceAll(links, "(link)").replaceAll(/\s+/g, " ").trim(), 300);
