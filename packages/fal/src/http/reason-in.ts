import type { ProviderReason } from "@likeness/core";
import { findingsIn, type Finding } from "./findings.ts";

/**
 * Why a model failed, as far as that needs an answer of its own. fal does not document which type an expired link to a
 * LoRA gives, so every type counts that may mean a file, if location or message say so (https://fal.ai/docs/errors).
 * A finding at one of the `archiveFields` is about the photos of a training, which has just uploaded them.
 */
export function reasonIn(body: unknown, archiveFields: readonly string[] = []): ProviderReason | undefined {
  const findings = findingsIn(body);
  if (findings.some(({ type }) => type === "content_policy_violation")) return "content_blocked";
  const isOfArchive = ({ loc }: Finding): boolean => archiveFields.some((field) => loc?.includes(field));
  return findings.some((finding) => isAboutFile(finding) && !isOfArchive(finding)) ? "input_gone" : undefined;
}

function isAboutFile({ type, loc, msg }: Finding): boolean {
  const text = [...(loc ?? []), msg ?? ""].join(" ").slice(0, longestRead);
  const mentions = fileTypes.get(type ?? "") ?? unreadableFile;
  return mentions.test(text);
}

/** Limits the input of the regular expressions. */
const longestRead = 1_000;

const anyFile = /\bloras?\b|weights|_url\b|download/i;

/** What location and message of a type have to mention. */
const fileTypes: ReadonlyMap<string, RegExp> = new Map([
  ["file_download_error", /(?:)/],
  ["image_load_error", anyFile],
  ["downstream_service_error", anyFile],
  ["downstream_service_unavailable", anyFile],
]);

/** The same for all other types: a file, and that it cannot be had. */
const unreadableFile =
  /^(?=.*(?:\bloras?\b|weights|_url\b|download))(?=.*(?:\b(?:403|404|410)\b|not found|forbidden|expired|(?:download|fetch).*fail|fail.*(?:download|fetch)))/is;
