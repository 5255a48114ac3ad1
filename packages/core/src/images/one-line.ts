import { cleanText } from "../values/clean-text.ts";

/** NFC, with one space for each run of white space, line breaks and control characters, and none around. */
export const oneLine = (text: string): string =>
  cleanText(text.normalize("NFC").replaceAll(/[\p{Cc}\s]+/gu, " "), Number.POSITIVE_INFINITY).trim();
