import { findingsIn, type Finding } from "./findings.ts";
import { plainDetail } from "./plain-detail.ts";

/**
 * The findings of an error answer as a text for people and logs, of which only location and message are used, because
 * the rest repeats the input.
 */
export const answerDetail = (body: unknown): string | undefined =>
  plainDetail(findingsIn(body).map(describe).join("; ")) || undefined;

const describe = ({ loc, msg }: Finding): string => [loc?.join("."), msg].filter(Boolean).join(": ");
