import type { Json } from "@likeness/core";
import { issue } from "../wire/call.ts";

/** A finding about the content, in fal's words. https://docs.fal.ai/errors#content_policy_violation */
export const contentViolation: Json = {
  loc: ["body", "prompt"],
  msg: "The content could not be processed because it was flagged by a content checker.",
  type: "content_policy_violation",
  url: "https://docs.fal.ai/errors#content_policy_violation",
  categories: ["sexual"],
};

/** A finding about weights whose link is gone. Which type fal gives it is not documented. */
export const unreadableWeights: Json = issue(
  ["body", "loras", 0, "path"],
  "Failed to download the file",
  "file_download_error",
);
